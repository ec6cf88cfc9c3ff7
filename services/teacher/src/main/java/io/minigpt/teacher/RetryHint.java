package io.minigpt.teacher;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells a language model, in the prompts' language, what was wrong with its last reply. */
public final class RetryHint {

    private RetryHint() {}

    /** After a reply to a {@link QuestionsRequest}; {@code missing} pairs are still wanted. */
    public static String forPairs(Collection<RejectedPair> rejected, int missing) {
        Stream<String> faults = rejected.stream()
                .map(RejectedPair::reason)
                .filter(reason -> reason != PairReject.SURPLUS)
                .distinct()
                .sorted()
                .map(RetryHint::fault);
        return hint(faults, "请再写" + missing + "个新的问答对，每行一个JSON对象，不要写别的内容。");
    }

    /** After a reply to a {@link VariantsRequest}; {@code missing} variants are still wanted. */
    public static String forVariants(Collection<RejectedVariant> rejected, int missing) {
        Stream<String> faults = rejected.stream()
                .map(RejectedVariant::reason)
                .filter(reason -> reason != VariantReject.SURPLUS)
                .distinct()
                .sorted()
                .map(RetryHint::fault);
        return hint(faults, "请再写" + missing + "个新的问法，每行一个JSON对象，不要写别的内容。");
    }

    private static String hint(Stream<String> faults, String order) {
        List<String> found = faults.toList();
        String what = found.isEmpty() ? "数量不够" : found.stream().collect(Collectors.joining("；"));
        return "上一次的回答有问题：" + what + "。" + order;
    }

    private static String fault(PairReject reason) {
        return switch (reason) {
            case NOT_JSON -> "有的行不是合法的JSON对象";
            case MISSING_FIELD -> "有的对象缺少question或answer";
            case QUESTION_LENGTH -> "有的问题太短或太长";
            case ANSWER_LENGTH -> "有的答案太短或太长";
            case QUESTION_MARK -> "有的问题不是以唯一的“？”结尾";
            case LANGUAGE -> "有的问题不是中文";
            case ABOUT_THE_TEXT -> "有的问题提到了“本文”“上文”，离开原文就看不懂";
            case ANSWER_IN_QUESTION -> "有的问题里已经写出了答案";
            case NOT_GROUNDED -> "有的答案在原文里找不到依据";
            case NUMBER_NOT_IN_TEXT -> "有的答案里的数字在原文里没有";
            case NAME_NOT_IN_TEXT -> "有的答案里的名称在原文里没有";
            case DUPLICATE -> "有的问题重复";
            case SURPLUS -> "问答对太多";
        };
    }

    private static String fault(VariantReject reason) {
        return switch (reason) {
            case EMPTY -> "有的问法是空的";
            case QUESTION_MARK -> "有的问法不是以唯一的“？”结尾";
            case UNCHANGED -> "有的问法和原来的问题完全一样";
            case DUPLICATE -> "有的问法重复";
            case TOO_FAR -> "有的问法改动太大";
            case NUMBER_LOST -> "有的问法改了数字";
            case NAME_LOST -> "有的问法改了名称";
            case ANSWER_UNCHANGED -> "有的答案和原来的完全一样";
            case ANSWER_TOO_FAR -> "有的答案改动太大";
            case SURPLUS -> "问法太多";
        };
    }
}
