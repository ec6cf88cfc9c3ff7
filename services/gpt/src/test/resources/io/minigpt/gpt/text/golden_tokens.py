"""Writes golden-tokens.jsonl with tiktoken, OpenAI's own tokenizer: pip install tiktoken==0.14.0, then
python golden_tokens.py r50k_base.tiktoken golden-tokens.jsonl

The first file is tiktoken's vocabulary of that name; its sha256 is checked against the one that tiktoken expects.
Each line has a text, how often it stands in a row, the number of its ids under encode_ordinary and the sha256 of these
ids as little-endian 16-bit numbers.
"""

import base64
import hashlib
import json
import random
import struct
import sys
import unicodedata

import tiktoken

VOCABULARY_SHA256 = "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930"
# openai_public.py of tiktoken, r50k_pat_str
PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""

WORDS = [
    "", " ", "  ", "\n", "\t", "\r\n", "a", "A", " a", "a ", " a ", "0", "0123456789", "3.14159", "1,000,000",
    "hello world", "Hello, world!", "don't we'll they've I'm you're he'd it's", "DON'T WE'LL", "'s's 's", "''''", "it’s",
    "the the  the   the", "trailing   ", "   leading", "a\n\nb", "a \n b", " \n \n ", "\n\n\n\n", "\t\tx", "x\u00a0y",
    "x\u2003y\u2009z", "\u3000全角空格\u3000", "a\u0085b", "a\u2028b\u2029c", "\x0b\x0c", "\x1c\x1d\x1e\x1f", "a\x1fb c",
    "<|endoftext|>", "a<|endoftext|>b", " <|endoftext|>\n", "<|fim_prefix|>", "<|im_start|>user", "<|endofprompt|>",
    "Q: 1+1=？\nA:", "Q: 月球是什么？\nA: 月球是地球的卫星。", "snake_case camelCase kebab-case", "C:\\Windows\\x.txt",
    "https://example.org/a?b=c&d=%20#e", "me@example.org", "{\"a\": [1, 2.5e-3, null]}", "for (int i = 0; i < n; i++) {",
    "a+b=c", "$$$", "!!!???...", "—–-‐", "“”‘’«»„", "…", "#hashtag @mention", "SolidGoldMagikarp", " RandomRedditorWithNo",
]
CHINESE = [
    "中国", "。", "，", "太阳是恒星。", "月球是地球唯一的天然卫星。", "他说：“你好！”", "《红楼梦》（1791年）", "二〇二六年十一月二十二日",
    "北京市海淀区中关村大街27号", "繁體中文與简体中文", "人工智能（AI）是什么？", "ＡＢＣ１２３", "㈠①Ⅳ½²", "〇々〆〤", "龘䶮𠮷𪚥",
    "𠮷野家", "中 文 之 间 有 空 格", "中文English混排123数字", "第1章　绪论", "……——", "【注】", "「引号」『书名』", "氢和氦",
    "海水是咸的。\n糖是甜的。", "\ufeff中国", "中\u200b国", "葛\U000e0100城市",
]
OTHER = [
    "日本語のテキストです。", "カタカナ・ひらがな", "ｶﾀｶﾅ", "한국어 문장입니다.", "한", "Привет, мир!", "Ελληνικά", "ÅÄÖ åäö ß ẞ ﬁ",
    "İstanbul ıI", "naïve café", "cafe\u0301", "e\u0301\u0302\u0303", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "Tiếng Việt có dấu", "नमस्ते दुनिया", "க்ஷ", "ภาษาไทยไม่มีวรรค", "ລາວ",
    "မြန်မာ", "ភាសាខ្មែរ", "བོད་སྐད།", "ᠮᠣᠩᠭᠣᠯ", "አማርኛ", "Հայերեն", "ქართული", "עברית", "שָׁלוֹם", "العربية", "السَّلامُ عَلَيْكُم",
    "abc \u202eعربي\u202c def", "\u200fעברית\u200e abc", "فارسی\u200cنیم‌فاصله", "١٢٣٤", "१२३", "๑๒๓", "𝟘𝟙𝟚", "𝒜𝓁𝑔𝑒𝒷𝓇𝒶",
    "𐍈𐌰𐍂", "𓀀𓂀", "𒀀", "ﷺ", "Ⓐⓐ", "∀x∈ℝ: x²≥0", "∑∫√∞≠≈", "→←↑↓⇒", "♠♥♦♣", "½¼¾", "€£¥₹", "°C µm Ω",
]
EMOJI = [
    "😀", "😀😀😀", " 😀", "👍🏽", "👨‍👩‍👧‍👦", "👩🏿‍🚀", "🏳️‍🌈", "🇨🇳🇩🇪", "1️⃣", "❤️", "❤", "☺️ ☺", "🤷🏻‍♀️", "🫠🫡", "💯%", "好👍中",
]
CONTROL = [chr(c) for c in (0, 1, 7, 8, 9, 10, 11, 12, 13, 27, 31, 127, 128, 133, 159, 160, 173)] + [
    "\0\0\0", "a\0b", "\ufffd", "\ufffe", "\uffff", "\U0010ffff", "\ue000", "\U000f0000", "\u2060\u2061", "\ufff9\ufffb",
]
RUNS = [
    ("a", 100), ("a", 1000), ("a", 4096), ("a", 1_000_000), ("A", 777), (" ", 100), (" ", 1000), (" ", 4096),
    (" ", 1_000_000), ("\n", 1000), ("\t", 999),
    ("中", 1000), ("。", 500), ("!", 1000), ("0", 1000), ("😀", 300), ("ab", 1000), (" a", 500), ("a ", 500), ("\u0301", 600),
    ("=", 80), ("-", 2000), ("哈", 33), ("\0", 257), ("\u3000", 300), ("א", 600), ("'s", 200), (" \n", 300), ("<|endoftext|>", 50),
]


def drawn():
    """Texts of characters from everywhere, joined with spaces and marks."""
    source = random.Random(2026)
    for _ in range(24):
        text = ""
        while len(text) < 120:
            character = chr(source.choice([source.randrange(0x80), source.randrange(0x3000), source.randrange(0x4E00, 0xA000),
                                           source.randrange(0x10000), source.randrange(0x1F300, 0x1FA00)]))
            # unassigned characters become letters in one Unicode version or another
            if unicodedata.category(character) not in ("Cs", "Cn"):
                text += character
        yield text


def main(vocabulary, golden):
    with open(vocabulary, "rb") as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == VOCABULARY_SHA256, "this is not tiktoken's r50k_base"
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in content.splitlines())}
    encoding = tiktoken.Encoding(
        "gpt2", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 50256}, explicit_n_vocab=50257)
    cases = [(text, 1) for text in WORDS + CHINESE + OTHER + EMOJI + CONTROL + list(drawn())] + RUNS
    with open(golden, "w", encoding="ascii", newline="\n") as file:
        for text, times in dict.fromkeys(cases):
            ids = encoding.encode_ordinary(text * times)
            sha256 = hashlib.sha256(struct.pack(f"<{len(ids)}H", *ids)).hexdigest()
            file.write(json.dumps({"text": text, "times": times, "tokens": len(ids), "sha256": sha256}) + "\n")


main(*sys.argv[1:])
