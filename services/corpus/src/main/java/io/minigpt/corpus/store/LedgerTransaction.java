package io.minigpt.corpus.store;

import com.google.protobuf.Message;
import io.minigpt.corpus.Admission;
import io.minigpt.corpus.Candidate;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Similar;
import io.minigpt.corpus.Withdrawal;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.event.v1.StreamPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Changes of one corpus within one transaction. They are decided one after the other and written together; they are
 * written early when a decision depends on what an earlier one changed.
 */
final class LedgerTransaction<C extends Candidate> {

    /** Entries that are decided again at a time; bounds the memory. */
    private static final int PAGE = 100;

    /**
     * A decided change.
     *
     * @param content empty if it stays as it is stored
     * @param fresh whether the entry is new
     * @param message null if nothing is published
     */
    private record Change<C>(Entry entry, Optional<C> content, boolean fresh, String reason, Announcement message) {}

    @FunctionalInterface
    private interface Announcement {
        Message at(StreamPosition position, Entry entry);
    }

    private final Handle transaction;
    private final CorpusName corpus;
    private final EntryStore entries;
    private final ContentStore<C> contents;
    private final Streams streams;
    private final Outbox outbox;
    private final NearSearch near;
    private final Map<String, Entry> known = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();
    private final List<Change<C>> pending = new ArrayList<>();
    private final Set<String> pendingIds = new HashSet<>();
    private long lastSequence;

    /** Locks the corpus until the transaction ends. */
    LedgerTransaction(
            Handle transaction,
            CorpusName corpus,
            EntryStore entries,
            ContentStore<C> contents,
            Streams streams,
            Outbox outbox,
            NearSearch near) {
        this.transaction = transaction;
        this.corpus = corpus;
        this.entries = entries;
        this.contents = contents;
        this.streams = streams;
        this.outbox = outbox;
        this.near = near;
        entries.lock(transaction, corpus);
        lastSequence = entries.lastSequence(transaction, corpus, contents.kind());
    }

    /** Admits candidates in their order. */
    Admitted admit(List<C> batch) {
        known.putAll(entries.find(transaction, batch.stream().map(Candidate::id).toList()));
        findHolders(batch);
        near.prepare(batch);
        long accepted = 0;
        long similar = 0;
        for (C candidate : batch) {
            Admission admission = admit(candidate);
            accepted += admission instanceof Admission.Admitted ? 1 : 0;
            similar += admission instanceof Admission.WithheldAsSimilar ? 1 : 0;
        }
        write();
        return new Admitted(accepted, batch.size() - accepted, similar);
    }

    /** Takes an entry back. @return the entry that counts in its place, if any */
    Optional<Entry> retract(Entry entry, Withdrawal withdrawal) {
        if (entry.state() == Entry.State.RETRACTED && !withdrawal.erases()) {
            return Optional.empty();
        }
        boolean active = entry.isActive();
        if (active) {
            leave(entry);
        }
        // what is withheld may have counted before, and others may still keep what it said
        Announcement announcement = active || withdrawal.erases() ? retraction(withdrawal) : null;
        change(new Change<>(entry.retracted(), Optional.empty(), false, withdrawal.reason(), announcement));
        Optional<Entry> next = active ? readmit(entry) : Optional.empty();
        write();
        if (withdrawal.erases()) {
            contents.erase(transaction, corpus, entry);
        }
        return next;
    }

    private Admission admit(C candidate) {
        if (pendingIds.contains(candidate.id())) {
            // its revision is given when it is written
            write();
        }
        Optional<Entry> before = Optional.ofNullable(known.get(candidate.id()));
        Admission admission = Admission.of(candidate, before, holder(candidate), () -> near.find(candidate));
        if (admission instanceof Admission.Unchanged) {
            return admission;
        }
        Optional<Entry> left = before.filter(Entry::isActive)
                .filter(Predicate.not(stored -> stored.contentHash().equals(candidate.contentHash())));
        left.ifPresent(this::leave);
        Entry entry =
                before.map(stored -> stored.with(candidate)).orElseGet(() -> Entry.fresh(candidate, lastSequence + 1));
        lastSequence = Math.max(lastSequence, entry.sequence());
        apply(admission, entry, candidate, Optional.of(candidate), before.isEmpty());
        left.ifPresent(this::readmit);
        return admission;
    }

    /** Makes of an entry what was decided. @param written the content, if it is to be written */
    private void apply(Admission admission, Entry entry, C content, Optional<C> written, boolean fresh) {
        switch (admission) {
            case Admission.Unchanged() -> {}
            case Admission.Withheld(String other) ->
                withhold(entry, entry.duplicateOf(other), "same content as " + other, written, fresh);
            case Admission.WithheldAsSimilar(Similar similar) ->
                withhold(entry, entry.duplicateOf(similar), "nearly the same as " + similar.id(), written, fresh);
            case Admission.Admitted() -> {
                Entry active = entry.active();
                change(new Change<>(active, written, fresh, null, publication(content)));
                holders.put(content.contentHash(), entry.id());
                near.add(active, content);
            }
        }
    }

    private void withhold(Entry before, Entry after, String reason, Optional<C> written, boolean fresh) {
        change(new Change<>(
                after, written, fresh, reason, before.isActive() ? retraction(new Withdrawal(reason, false)) : null));
    }

    /** An active entry is about to lose its content. */
    private void leave(Entry entry) {
        holders.remove(entry.contentHash());
        if (near.enabled()) {
            near.remove(
                    entry,
                    contents.load(transaction, corpus, entry).fingerprint().bands());
        }
    }

    /**
     * An active entry has left its content: the first that was withheld for the same content counts now, and those that
     * were withheld for nearly the same are decided again in their order.
     *
     * @return the first that counts now
     */
    private Optional<Entry> readmit(Entry left) {
        write();
        Optional<Entry> first = entries.firstDuplicate(transaction, corpus, contents.kind(), left.contentHash());
        first.ifPresent(entry -> apply(
                new Admission.Admitted(), entry, contents.load(transaction, corpus, entry), Optional.empty(), false));
        long after = 0;
        while (true) {
            write();
            List<Entry> page = entries.nearDuplicates(transaction, left.id(), after, PAGE);
            if (page.isEmpty()) {
                return first;
            }
            Optional<Entry> admitted = decideAgain(page);
            first = first.or(() -> admitted);
            after = page.getLast().sequence();
        }
    }

    private Optional<Entry> decideAgain(List<Entry> withheld) {
        List<C> stored = withheld.stream()
                .map(entry -> contents.load(transaction, corpus, entry))
                .toList();
        findHolders(stored);
        Optional<Entry> first = Optional.empty();
        for (int i = 0; i < stored.size(); i++) {
            C content = stored.get(i);
            Entry entry = withheld.get(i);
            Admission admission = Admission.of(content, holder(content), () -> near.find(content));
            apply(admission, entry, content, Optional.empty(), false);
            if (first.isEmpty() && admission instanceof Admission.Admitted) {
                first = Optional.of(entry);
            }
        }
        return first;
    }

    private Optional<String> holder(C content) {
        return Optional.ofNullable(holders.get(content.contentHash()));
    }

    private void findHolders(Collection<C> batch) {
        holders.putAll(entries.holders(
                transaction,
                corpus,
                contents.kind(),
                batch.stream().map(Candidate::contentHash).toList()));
    }

    private Announcement publication(C content) {
        return (position, entry) -> contents.imported(corpus, position, entry, content);
    }

    private Announcement retraction(Withdrawal withdrawal) {
        return (position, entry) -> contents.retracted(corpus, position, entry, withdrawal);
    }

    private void change(Change<C> change) {
        pending.add(change);
        pendingIds.add(change.entry().id());
        known.put(change.entry().id(), change.entry());
    }

    private void write() {
        int count = (int)
                pending.stream().filter(change -> change.message() != null).count();
        long number = count == 0 ? 0 : streams.next(transaction, corpus.stream(), count);
        Map<Boolean, List<EntryStore.Changed>> rows = Map.of(true, new ArrayList<>(), false, new ArrayList<>());
        Map<Boolean, List<C>> written = Map.of(true, new ArrayList<>(), false, new ArrayList<>());
        List<Event<Message>> events = new ArrayList<>(count);
        for (Change<C> change : pending) {
            Entry entry = change.entry();
            if (change.message() != null) {
                entry = entry.published(number++);
                StreamPosition position = StreamPosition.newBuilder()
                        .setStream(corpus.stream())
                        .setRevision(entry.revision())
                        .addAllSuperseded(entry.superseded())
                        .build();
                events.add(
                        Event.of(outbox.source(), entry.id(), change.message().at(position, entry)));
            }
            known.put(entry.id(), entry);
            rows.get(change.fresh()).add(new EntryStore.Changed(entry, change.reason()));
            change.content().ifPresent(written.get(change.fresh())::add);
        }
        // what leaves a content first, so that only one entry holds it at any moment
        entries.update(transaction, rows.get(false));
        contents.update(transaction, written.get(false));
        entries.insert(transaction, corpus, contents.kind(), rows.get(true));
        contents.insert(transaction, written.get(true));
        near.write();
        outbox.append(transaction, events);
        pending.clear();
        pendingIds.clear();
    }
}
