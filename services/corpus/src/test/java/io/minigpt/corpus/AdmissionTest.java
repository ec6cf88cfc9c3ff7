package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.platform.Ids;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final CorpusName CORPUS = new CorpusName("test");

    private final Document first = document("first", "text");
    private final Document second = document("second", "text");

    @Test
    void somethingNewIsAdmitted() {
        assertThat(Admission.of(first, Optional.empty(), Optional.empty(), Optional::empty))
                .isEqualTo(new Admission.Admitted());
    }

    @Test
    void theSameAgainChangesNothing() {
        Optional<Entry> known = Optional.of(Entry.fresh(first, 1).active());

        assertThat(Admission.of(first, known, Optional.of(first.id()), Optional::empty))
                .isEqualTo(new Admission.Unchanged());
    }

    @Test
    void aDuplicateAgainChangesNothing() {
        Optional<Entry> known = Optional.of(Entry.fresh(second, 2).duplicateOf(first.id()));

        assertThat(Admission.of(second, known, Optional.of(first.id()), Optional::empty))
                .isEqualTo(new Admission.Unchanged());
    }

    @Test
    void contentThatAnotherHasIsWithheld() {
        assertThat(Admission.of(second, Optional.empty(), Optional.of(first.id()), Optional::empty))
                .isEqualTo(new Admission.Withheld(first.id()));
    }

    @Test
    void aNewTextOfAKnownIdIsAdmitted() {
        Optional<Entry> known = Optional.of(Entry.fresh(first, 1).active());

        assertThat(Admission.of(document("first", "other"), known, Optional.empty(), Optional::empty))
                .isEqualTo(new Admission.Admitted());
    }

    @Test
    void anotherOriginalWithTheSameContentIsANewVersion() {
        Optional<Entry> known = Optional.of(Entry.fresh(first, 1).active());

        assertThat(Admission.of(document("first", " text"), known, Optional.of(first.id()), Optional::empty))
                .isEqualTo(new Admission.Admitted());
    }

    @Test
    void whatWasRetractedComesBackWhenItIsImportedAgain() {
        Optional<Entry> known = Optional.of(Entry.fresh(first, 1).active().retracted());

        assertThat(Admission.of(first, known, Optional.empty(), Optional::empty))
                .isEqualTo(new Admission.Admitted());
    }

    @Test
    void contentThatAnotherNearlyHasIsWithheld() {
        Similar similar = new Similar(first.id(), 0.9);

        assertThat(Admission.of(second, Optional.empty(), Optional.empty(), () -> Optional.of(similar)))
                .isEqualTo(new Admission.WithheldAsSimilar(similar));
    }

    @Test
    void theSameContentCountsBeforeNearlyTheSame() {
        assertThat(Admission.of(second, Optional.empty(), Optional.of(first.id()), () -> {
                    throw new AssertionError("nobody needs to look");
                }))
                .isEqualTo(new Admission.Withheld(first.id()));
    }

    @Test
    void publicationsSupersedeTheEarlierOnes() {
        Entry entry = Entry.fresh(first, 1).active().published(4).published(9).published(12);

        assertThat(entry.revision()).isEqualTo(12);
        assertThat(entry.superseded()).containsExactly(4L, 9L);
    }

    private static Document document(String id, String original) {
        String text = original.strip();
        Fingerprint fingerprint = new Fingerprint(Ids.of(original), Ids.of(text), List.of());
        return new Document(Document.id(CORPUS, id), id, "", "", "{}", original, text, fingerprint);
    }
}
