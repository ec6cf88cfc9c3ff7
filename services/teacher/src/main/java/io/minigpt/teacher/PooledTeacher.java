package io.minigpt.teacher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several teachers under one name. Which one is asked depends on nothing but what is asked about, in the proportion of
 * their weights; when it fails or takes no calls, the others are asked in the order of their weights.
 */
public final class PooledTeacher implements Teacher {

    /** A teacher of a pool. @param weight its share; 0 for one that is only a fallback */
    public record Member(Teacher teacher, int weight) {

        public Member {
            if (weight < 0) {
                throw new IllegalArgumentException(
                        "weight of teacher " + teacher.name() + " must not be negative, but is " + weight);
            }
        }
    }

    private final String name;
    private final List<Member> members;
    private final int total;

    public PooledTeacher(String name, List<Member> members) {
        this.name = name;
        this.members = members.stream()
                .sorted(Comparator.comparingInt(Member::weight)
                        .reversed()
                        .thenComparing(member -> member.teacher().name()))
                .toList();
        this.total = members.stream().mapToInt(Member::weight).sum();
        if (total < 1) {
            throw new IllegalArgumentException("pool " + name + " needs a member with a weight of at least 1");
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Names every member: other members or weights are another teacher. */
    @Override
    public String version() {
        return members.stream()
                .map(member -> member.weight() + "*" + member.teacher().version())
                .collect(Collectors.joining("|", "pool:", ""));
    }

    @Override
    public Promise promise(TeacherRequest request) {
        return order(request).getFirst().promise(request);
    }

    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        List<TeacherBusyException> busy = new ArrayList<>();
        TeacherException failed = null;
        for (Teacher teacher : order(request)) {
            try {
                return teacher.ask(request);
            } catch (TeacherBusyException e) {
                busy.add(e);
            } catch (TeacherException e) {
                failed = e;
            }
        }
        if (busy.isEmpty()) {
            throw failed;
        }
        // waiting can still help
        throw busy.stream()
                .min(Comparator.comparing(TeacherBusyException::retryAfter))
                .orElse(new TeacherBusyException("no member of pool " + name + " takes calls", Duration.ofSeconds(1)));
    }

    private List<Teacher> order(TeacherRequest request) {
        int place = Math.floorMod(request.subject().hashCode(), total);
        Member first = members.getFirst();
        for (Member member : members) {
            if (place < member.weight()) {
                first = member;
                break;
            }
            place -= member.weight();
        }
        List<Teacher> order = new ArrayList<>(List.of(first.teacher()));
        for (Member member : members) {
            if (!member.equals(first)) {
                order.add(member.teacher());
            }
        }
        return order;
    }
}
