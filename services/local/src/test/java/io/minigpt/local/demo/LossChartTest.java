package io.minigpt.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.local.demo.LossChart.Curve;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class LossChartTest {
    private static final Curve PRETRAINING = new Curve(
            "pretrain of <samples>",
            List.of(
                    new TrainingMetric(0, 10.0, 10.0),
                    new TrainingMetric(50, 6.0, null),
                    new TrainingMetric(100, 4.0, 5.0)));

    @Test
    void drawsBothCurvesFromTheFirstStepToTheLast() throws Exception {
        // When
        NodeList curves = parse(LossChart.svg(List.of(PRETRAINING))).getElementsByTagName("polyline");

        // Then: the training curve has three points from the upper left to the lower right corner
        assertThat(curves.getLength()).isEqualTo(2);
        assertThat(points(curves, 0)).containsExactly("56.0,44.0", "280.0,225.3", "504.0,316.0");
        assertThat(points(curves, 1)).containsExactly("56.0,44.0", "504.0,270.7");
    }

    @Test
    void leavesOutARunWithoutLosses() throws Exception {
        // When
        Document picture = parse(LossChart.svg(List.of(PRETRAINING, new Curve("fine-tune", List.of()))));

        // Then
        assertThat(picture.getDocumentElement().getAttribute("width")).isEqualTo("520");
        assertThat(picture.getElementsByTagName("g").getLength()).isEqualTo(1);
    }

    private static String[] points(NodeList curves, int index) {
        return curves.item(index)
                .getAttributes()
                .getNamedItem("points")
                .getNodeValue()
                .split(" ");
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
