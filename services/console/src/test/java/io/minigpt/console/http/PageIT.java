package io.minigpt.console.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser. */
@QuarkusTest
@QuarkusTestResource(ScriptedServices.class)
class PageIT {

    private static Playwright playwright;
    private static Browser browser;

    @TestHTTPResource("/")
    URI console;

    ScriptedServices services;

    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void startBrowser() {
        Path program = Chromium.program();
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright, program);
    }

    @AfterAll
    static void stopBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open() {
        services.models = ScriptedServices.models();
        services.patient = false;
        services.asked.clear();
        services.abandoned.clear();
        context = browser.newContext();
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void aQuestionIsAnsweredPieceByPiece() throws InterruptedException {
        // Given the page with a question for a fine-tuned model
        services.patient = true;
        page.navigate(console.toString());
        assertThat(model()).hasValue("samples");
        page.getByLabel("Question").fill("长城在哪里？");
        page.getByLabel("Temperature").fill("0.5");

        // When it is submitted by the keyboard
        page.getByLabel("Question").press("Control+Enter");

        // Then the first piece shows before the others are sent
        assertThat(answer()).hasText(ScriptedServices.PIECES.getFirst());
        assertThat(button("Stop")).isEnabled();
        services.goOn();
        assertThat(answer()).hasText("长城在中国北方 🏯。");
        assertThat(page.getByText("samples:2", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        JsonObject asked = services.asked.poll(10, TimeUnit.SECONDS);
        assertThat(asked.getString("model")).isEqualTo("samples");
        assertThat(asked.getDouble("temperature")).isEqualTo(0.5);
        assertThat(asked.getJsonArray("messages").getJsonObject(0).getString("content"))
                .isEqualTo("长城在哪里？");
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/page.png")));
        assertThat(complaints).isEmpty();
    }

    @Test
    void aPretrainedModelContinuesTheTextUntilItIsStopped() throws InterruptedException {
        // Given a continuation that does not end by itself
        page.navigate(console.toString());
        model().selectOption("samples-base");
        page.getByLabel("Beginning of the text").fill("The Great Wall: ");
        button("Submit").click();
        assertThat(answer()).hasText("The Great Wall: 长城");

        button("Stop").click();

        // Then the service is rid of it and the text stays
        assertThat(services.abandoned.poll(10, TimeUnit.SECONDS)).isEqualTo("/v1/completions");
        assertThat(page.getByText("Stopped.")).isVisible();
        assertThat(answer()).hasText("The Great Wall: 长城");
        assertThat(button("Submit")).isEnabled();
    }

    @Test
    void anAnswerIsFlaggedWithAReason() throws InterruptedException {
        // Given an answer
        page.navigate(console.toString());
        page.getByLabel("Question").fill("长城在哪里？");
        button("Submit").click();
        assertThat(answer()).hasText("长城在中国北方 🏯。");
        services.asked.clear();

        // When it is flagged
        button("Flag").click();
        page.getByLabel("What is wrong with this output?").fill("不完整");
        button("Send").click();

        // Then the version that answered is named
        JsonObject flag = services.asked.poll(10, TimeUnit.SECONDS);
        assertThat(flag)
                .isEqualTo(new JsonObject()
                        .put("model", "samples:2")
                        .put("prompt", "长城在哪里？")
                        .put("temperature", 0.01)
                        .put("answer", "长城在中国北方 🏯。")
                        .put("reason", "不完整"));
        assertThat(page.getByText("Flagged.")).isVisible();
    }

    @Test
    void twoModelsAreComparedBlindAndTheVoteTellsWhoTheyAre() throws InterruptedException {
        // Given a battle of any two
        page.navigate(console.resolve("arena.html").toString());
        page.getByLabel("Prompt").fill("长城在哪里？");
        button("Battle").click();
        assertThat(page.locator("#answer-a")).hasText("左边");
        assertThat(page.locator("#answer-b")).hasText("右");
        assertThat(services.asked.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new JsonObject().put("prompt", "长城在哪里？").put("temperature", 0.8));

        // When
        button("B is better").click();

        // Then
        assertThat(page.getByText("B: samples:1")).isVisible();
        assertThat(services.asked.poll(10, TimeUnit.SECONDS)).isEqualTo(new JsonObject().put("vote", "b"));
        assertThat(button("A is better")).isDisabled();
        assertThat(page.getByText("1001 to 1091")).isVisible();
        assertThat(page.getByText("samples:2 and samples:1 never met")).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    void clearEmptiesThePage() {
        page.navigate(console.toString());
        page.getByLabel("Question").fill("长城在哪里？");
        button("Submit").click();
        assertThat(answer()).hasText("长城在中国北方 🏯。");

        button("Clear").click();

        assertThat(answer()).isEmpty();
        assertThat(page.getByLabel("Question")).hasValue("");
        assertThat(button("Flag")).isDisabled();
    }

    @Test
    void withoutAModelItSaysSo() {
        services.models = new JsonArray();

        page.navigate(console.toString());

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no model yet");
        assertThat(button("Submit")).isDisabled();
    }

    @Test
    void aServiceThatIsDownShowsInTheStatusLine() {
        page.navigate(console.toString());

        assertThat(page.getByLabel("augmentation: down")).isVisible();
        assertThat(page.getByLabel("inference: up")).isVisible();
    }

    private Locator model() {
        return page.getByLabel("Model", new Page.GetByLabelOptions().setExact(true));
    }

    private Locator answer() {
        return page.locator("#answer");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
