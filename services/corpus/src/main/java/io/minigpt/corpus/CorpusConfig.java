package io.minigpt.corpus;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the corpus service. */
@ConfigMapping(prefix = "minigpt.corpus")
public interface CorpusConfig {

    /** Largest body of one request, and what a compressed one may unfold to; imports are streamed, not held. */
    @WithDefault("1T")
    MemorySize maxBodySize();

    /** How many times its size a compressed body may unfold to; a larger one breaks off. */
    @WithDefault("250")
    int maxExpansion();

    /** Longest line of an import, in bytes without its line end; a longer one is refused. */
    @WithDefault("1M")
    MemorySize maxLine();

    /** Deepest nesting of JSON in a line. */
    @WithDefault("32")
    int maxNesting();

    /** Lines that are stored and published in one transaction. */
    @WithDefault("500")
    int batchLines();

    /** Bytes of lines after which a transaction is closed before it has all of its lines; bounds the memory. */
    @WithDefault("2M")
    MemorySize batchBytes();

    /** Refused lines that the answer to an import lists; the rejects file has more, and all are counted. */
    @WithDefault("1000")
    int maxRejections();

    /** How texts are made uniform. */
    Steps normalisation();

    /** What keeps a document out. */
    QualityLimits quality();

    /** Documents that are nearly the same. */
    NearDuplicates nearDuplicates();

    /** Imports that go on without a caller. */
    Imports imports();

    /** The steps of the normalisation recipe. Another recipe makes another version of a document that comes again. */
    interface Steps {

        /** CR and CR LF become LF. */
        @WithDefault("true")
        boolean lineEnds();

        /** Control characters go, but not line ends and tabs. */
        @WithDefault("true")
        boolean controls();

        /** Zero-width characters go. */
        @WithDefault("true")
        boolean zeroWidth();

        /** Unicode's composed form. */
        @WithDefault("true")
        boolean nfc();

        /** White space at both ends goes. */
        @WithDefault("true")
        boolean outerSpace();
    }

    /** Limits that a text must keep; by default every text does. */
    interface QualityLimits {

        /** Fewest characters. */
        @WithDefault("1")
        long minCharacters();

        /** Most characters. */
        @WithDefault("10000000")
        long maxCharacters();

        /** Least share of Chinese characters among letters and digits. */
        @WithDefault("0")
        double minChinese();

        /** Largest share of the text in lines that stood before in it. */
        @WithDefault("1")
        double maxRepeatedLines();

        /** Largest share of its character 10-grams that stood before in it. */
        @WithDefault("1")
        double maxRepeatedPhrases();

        /** Largest share of the text in lines with one of the boilerplate phrases. */
        @WithDefault("1")
        double maxBoilerplate();

        /** What only boilerplate says. */
        @WithDefault("版权所有,未经许可,转载请注明,点击下载,扫码关注,微信公众号,责任编辑,登录后查看,JavaScript,Cookie")
        List<String> boilerplatePhrases();
    }

    /** How documents that are nearly the same are found. */
    interface NearDuplicates {

        /** Whether they are looked for; what was imported without is not compared later. */
        @WithDefault("true")
        boolean enabled();

        /** Least similarity (Jaccard, of character 5-grams) of two documents of which the later is withheld: 0.7 to 1. */
        @WithDefault("0.8")
        double threshold();
    }

    /** Imports as jobs. */
    interface Imports {

        /** Folder whose files may be imported by name; without it none may. */
        Optional<Path> folder();

        /**
         * Bucket whose objects may be imported by {@code s3://bucket/key}; without it none may. It is where the artifact
         * store's settings say: region, endpoint and path style of {@code minigpt.artifacts.s3}.
         */
        Optional<String> bucket();

        /** Imports that one replica works on at a time. */
        @WithDefault("2")
        int slots();

        /** Refused lines that the rejects file of an import keeps; all are counted. */
        @WithDefault("100000")
        long maxRejects();

        /** Time without progress after which an import by stream counts as broken off. */
        @WithDefault("1h")
        Duration abandonedAfter();
    }
}
