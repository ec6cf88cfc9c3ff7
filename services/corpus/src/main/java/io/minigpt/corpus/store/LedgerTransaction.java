package io.minigpt.corpus.store;

import com.google.protobuf.Message;
import io.minigpt.corpus.Admission;
import io.minigpt.corpus.Admitted;
import io.minigpt.corpus.Candidate;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.event.v1.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Changes of one corpus within one transaction. They are decided one after the other and written together; they are
 * written early when a decision depends on what an earlier one changed.
 */
final class LedgerTransaction<C extends Candidate> {

    /** A decided change; its content is null if that stays as it is stored, its message if nothing is published. */
    private record Change<C>(Entry entry, C content, String reason, Announcement<C> message) {}

    @FunctionalInterface
    private interface Announcement<C> {
        Message at(StreamPosition position, Entry entry);
    }

    private final Handle transaction;
    private final CorpusName corpus;
    private final EntryStore entries;
    private final ContentStore<C> contents;
    private final Streams streams;
    private final Outbox outbox;
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
            Outbox outbox) {
        this.transaction = transaction;
        this.corpus = corpus;
        this.entries = entries;
        this.contents = contents;
        this.streams = streams;
        this.outbox = outbox;
        entries.lock(transaction, corpus);
        lastSequence = entries.lastSequence(transaction, corpus, contents.kind());
    }

    /** Admits candidates in their order. */
    Admitted admit(List<C> batch) {
        known.putAll(entries.find(transaction, batch.stream().map(Candidate::id).toList()));
        holders.putAll(entries.holders(
                transaction,
                corpus,
                contents.kind(),
                batch.stream().map(Candidate::contentHash).toList()));
        long accepted = 0;
        for (C candidate : batch) {
            accepted += admit(candidate) ? 1 : 0;
        }
        write();
        return new Admitted(accepted, batch.size() - accepted);
    }

    /** Takes an entry back. @return the entry that counts in its place, if any */
    Optional<Entry> retract(Entry entry, String reason) {
        switch (entry.state()) {
            case RETRACTED -> {
                return Optional.empty();
            }
            case DUPLICATE -> change(new Change<>(entry.retracted(), null, reason, null));
            case ACTIVE -> change(new Change<>(entry.retracted(), null, reason, retraction(reason)));
        }
        Optional<Entry> next = entry.isActive() ? vacate(entry.contentHash()) : Optional.empty();
        write();
        return next;
    }

    private boolean admit(C candidate) {
        if (pendingIds.contains(candidate.id())) {
            // its revision is given when it is written
            write();
        }
        Optional<Entry> before = Optional.ofNullable(known.get(candidate.id()));
        Optional<String> holder = Optional.ofNullable(holders.get(candidate.contentHash()));
        Entry entry =
                before.map(stored -> stored.with(candidate)).orElseGet(() -> Entry.fresh(candidate, lastSequence + 1));
        boolean published =
                switch (Admission.of(candidate, before, holder)) {
                    case Admission.Unchanged() -> {
                        yield false;
                    }
                    case Admission.Withheld(String other) -> {
                        boolean active = before.filter(Entry::isActive).isPresent();
                        String reason = "same content as " + other;
                        change(new Change<>(
                                entry.duplicateOf(other), candidate, reason, active ? retraction(reason) : null));
                        yield false;
                    }
                    case Admission.Admitted() -> {
                        change(new Change<>(entry.active(), candidate, null, publication(candidate)));
                        holders.put(candidate.contentHash(), candidate.id());
                        yield true;
                    }
                };
        lastSequence = Math.max(lastSequence, entry.sequence());
        before.filter(Entry::isActive)
                .filter(stored ->
                        !stored.contentHash().equals(known.get(candidate.id()).contentHash()))
                .ifPresent(stored -> vacate(stored.contentHash()));
        return published;
    }

    /** An active entry has left this content: the first that was withheld for it counts now. */
    private Optional<Entry> vacate(String hash) {
        holders.remove(hash);
        write();
        Optional<Entry> next = entries.firstDuplicate(transaction, corpus, contents.kind(), hash);
        next.ifPresent(entry -> {
            C content = contents.load(transaction, entry.id());
            change(new Change<>(entry.active(), null, null, publication(content)));
            holders.put(hash, entry.id());
        });
        return next;
    }

    private Announcement<C> publication(C content) {
        return (position, entry) -> contents.imported(corpus, position, entry, content);
    }

    private Announcement<C> retraction(String reason) {
        return (position, entry) -> contents.retracted(corpus, position, entry, reason);
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
        List<EntryStore.Changed> changed = new ArrayList<>(pending.size());
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
            changed.add(new EntryStore.Changed(entry, change.reason()));
        }
        entries.save(transaction, corpus, contents.kind(), changed);
        contents.save(
                transaction,
                pending.stream().map(Change::content).filter(Objects::nonNull).toList());
        outbox.append(transaction, events);
        pending.clear();
        pendingIds.clear();
    }
}
