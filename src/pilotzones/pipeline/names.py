"""English names, pinyin and traditional Chinese for every division.

The register names the provinces and the zones, and ``official_names.csv`` the places whose usual
English name is no pinyin (Hohhot, Ürümqi, Lhasa). All others are romanised: pypinyin reads the
characters, the rules here write the kind of division in English. The names say which they are.
"""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import opencc
import pandas as pd
from pypinyin import Style, lazy_pinyin

from pilotzones.atlas.naming import KINDS, NATIONALITIES, split_name

OFFICIAL = "official"
REGISTER = "register"
ROMANISED = "romanised"

# readings that pypinyin gets wrong in names of places; from the Ministry of Civil Affairs' pinyin
READINGS = {
    "六安": "lu an", "六合": "lu he", "台州": "tai zhou", "天台": "tian tai", "丽水": "li shui",
    "乐清": "yue qing", "乐亭": "lao ting", "乐陵": "lao ling", "百色": "bai se", "蔚县": "yu xian",
    "尉犁": "yu li", "铅山": "yan shan", "莘县": "shen xian", "任县": "ren xian", "任丘": "ren qiu",
    "任城": "ren cheng", "牟平": "mu ping", "中牟": "zhong mu", "洪洞": "hong tong",
    "繁峙": "fan shi", "涡阳": "guo yang", "歙县": "she xian", "黟县": "yi xian",
    "单县": "shan xian", "浚县": "xun xian", "蚌埠": "beng bu", "蚌山": "beng shan",
    "大埔": "da bu", "番禺": "pan yu", "长治": "chang zhi", "长子": "zhang zi",
    "长岛": "chang dao", "华阴": "hua yin", "华州": "hua zhou", "吴堡": "wu bu",
    "柏乡": "bai xiang", "井陉": "jing xing", "阿城": "a cheng", "阿坝": "a ba", "东阿": "dong e",
    "会泽": "hui ze", "会理": "hui li", "会东": "hui dong", "会宁": "hui ning",
    "会昌": "hui chang", "会同": "hui tong", "重庆": "chong qing", "厦门": "xia men",
    "且末": "qie mo", "解放": "jie fang", "盖州": "gai zhou", "覃塘": "qin tang",
    "朝阳": "chao yang", "朝天": "chao tian", "都昌": "du chang", "都安": "du an",
    "都江堰": "du jiang yan", "都匀": "du yun", "都兰": "du lan", "成都": "cheng du",
    "乐山": "le shan", "乐至": "le zhi", "长乐": "chang le", "曲阜": "qu fu", "曲靖": "qu jing",
    "侯马": "hou ma", "闽侯": "min hou", "大城": "dai cheng", "大厂": "da chang",
    "大柴旦": "da chai dan", "石河子": "shi he zi", "宁陕": "ning shan", "洛南": "luo nan",
    "莒县": "ju xian", "茌平": "chi ping", "鄄城": "juan cheng", "隰县": "xi xian",
    "兖州": "yan zhou", "涿州": "zhuo zhou", "涿鹿": "zhuo lu", "藁城": "gao cheng",
    "郫都": "pi du", "犍为": "qian wei", "荥经": "ying jing", "荥阳": "xing yang",
    "筠连": "jun lian", "珙县": "gong xian", "邛崃": "qiong lai", "浉河": "shi he",
    "渑池": "mian chi", "柘城": "zhe cheng", "武陟": "wu zhi", "盱眙": "xu yi",
    "睢宁": "sui ning", "睢县": "sui xian", "睢阳": "sui yang", "监利": "jian li",
    "黄陂": "huang pi", "秭归": "zi gui", "郧西": "yun xi", "枞阳": "zong yang",
    "郯城": "tan cheng", "临朐": "lin qu", "临洮": "lin tao", "宕昌": "tan chang",
    "迭部": "die bu", "勐海": "meng hai", "勐腊": "meng la", "侗": "dong", "佤": "wa",
    "行唐": "xing tang", "相城": "xiang cheng", "相山": "xiang shan", "尉氏": "wei shi",
    "泌阳": "bi yang", "弥渡": "mi du", "弥勒": "mi le", "沙河": "sha he", "夏河": "xia he",
    "红河": "hong he", "系": "xi", "呼兰": "hu lan", "召陵": "shao ling", "召南": "shao nan",
    "塔什库尔干": "ta shi ku er gan", "喀什": "ka shi", "巴音郭楞": "ba yin guo leng",
    "伽师": "jia shi", "若羌": "ruo qiang", "温宿": "wen su", "叶城": "ye cheng",
    "察布查尔": "cha bu cha er", "尼勒克": "ni le ke", "博尔塔拉": "bo er ta la",
    "万柏林": "wan bai lin", "柏林": "bai lin", "桓仁": "huan ren", "岫岩": "xiu yan",
    "虹": "hong", "莞": "guan", "圳": "zhen", "儋州": "dan zhou", "亳州": "bo zhou",
    "漯河": "luo he", "濮阳": "pu yang", "潍坊": "wei fang", "淄博": "zi bo", "泸州": "lu zhou",
    "衢州": "qu zhou", "鄂州": "e zhou", "衡水": "heng shui", "邢台": "xing tai",
    "烟台": "yan tai", "石嘴山": "shi zui shan", "咸宁": "xian ning", "咸阳": "xian yang",
    "孝感": "xiao gan", "随州": "sui zhou", "娄底": "lou di", "郴州": "chen zhou",
    "耒阳": "lei yang", "攸县": "you xian", "芷江": "zhi jiang", "溆浦": "xu pu",
    "沅陵": "yuan ling", "岳池": "yue chi", "射洪": "she hong", "射阳": "she yang",
    "冠县": "guan xian", "珲春": "hun chun", "民乐": "min le", "丰都": "feng du",
    "强": "qiang", "覃": "qin", "占": "zhan", "降": "jiang",
    "昌都": "chang du", "望都": "wang du", "尧都": "yao du", "商都": "shang du",
    "盐都": "yan du", "莲都": "lian du", "宁都": "ning du", "于都": "yu du", "殷都": "yin du",
    "魏都": "wei du", "宜都": "yi du", "曾都": "zeng du", "花都": "hua du", "新都": "xin du",
    "三都": "san du", "秦都": "qin du", "武都": "wu du", "长海": "chang hai",
    "长岭": "chang ling", "长白": "chang bai", "长宁": "chang ning", "长丰": "chang feng",
    "天长": "tian chang", "长泰": "chang tai", "长清": "chang qing", "长垣": "chang yuan",
    "长葛": "chang ge", "长阳": "chang yang", "长洲": "chang zhou", "长顺": "chang shun",
    "长武": "chang wu", "子长": "zi chang", "泊头": "bo tou", "闵行": "min hang",
    "马尾": "ma wei", "南乐": "nan le", "佛冈": "fo gang", "佛坪": "fo ping", "穆棱": "mu ling",
    "什邡": "shi fang", "乌什": "wu shi", "阿图什": "a tu shi", "尔勒": "er le",
    "郭勒": "guo le", "孜勒": "zi le", "策勒": "ce le", "阿勒": "a le",
    "信都": "xin du", "襄都": "xiang du", "昆都仑": "kun du lun",
    "克什克腾": "ke shi ke teng", "康巴什": "kang ba shi",
}  # fmt: skip

_SCRIPTS = ("s2t", "s2tw", "s2hk")


def division_names(
    divisions: pd.DataFrame, official: Mapping[str, str], register: Mapping[str, str]
) -> pd.DataFrame:
    """Name every division in English, pinyin and traditional Chinese.

    Parameters
    ----------
    divisions
        ``adcode``, ``name_zh`` and ``level``.
    official
        English names by adcode that are usual and no pinyin.
    register
        English names by adcode of provinces and zones.

    Returns
    -------
    pandas.DataFrame
        ``adcode``; ``name_en``; ``name_pinyin`` (lower case, no tones, the kind of division left
        out); ``name_hant`` (one or more spellings, separated by spaces); ``basis`` of the English
        name: ``official``, ``register`` or ``romanised``.
    """
    converters = [opencc.OpenCC(script) for script in _SCRIPTS]
    rows = []
    for adcode, name in zip(divisions["adcode"], divisions["name_zh"], strict=True):
        english, basis = romanise(name), ROMANISED
        if adcode in register:
            english, basis = register[adcode], REGISTER
        if adcode in official:
            english, basis = official[adcode], OFFICIAL
        spellings = dict.fromkeys(converter.convert(name) for converter in converters)
        hant = " ".join(spelling for spelling in spellings if spelling != name)
        rows.append((adcode, english, pinyin(split_name(name)[0]), hant, basis))
    return pd.DataFrame(rows, columns=["adcode", "name_en", "name_pinyin", "name_hant", "basis"])


def pinyin(name: str) -> str:
    """Write a name in pinyin, in lower case, without tones and spaces."""
    return "".join(_syllables(name))


def romanise(name: str) -> str:
    """Write a Chinese name in English letters.

    Examples
    --------
    >>> romanise("六安市"), romanise("西安市"), romanise("单县"), romanise("青龙满族自治县")
    ("Lu'an", "Xi'an", 'Shanxian County', 'Qinglong Manchu Autonomous County')
    """
    proper, nationalities, kind = split_name(name)
    syllables = _syllables(proper)
    joined = syllables[0]
    for syllable in syllables[1:]:
        joined += f"'{syllable}" if syllable[0] in "aeo" else syllable
    words = [
        joined.capitalize(),
        *(NATIONALITIES[one] for one in nationalities),
        KINDS[kind] if kind else "",
    ]
    return " ".join(word for word in words if word)


def _syllables(name: str) -> list[str]:
    for characters, reading in READINGS.items():
        if (characters in name and len(characters) > 1) or characters == name:
            before, after = name.split(characters, 1)
            middle = reading.split()
            return [
                *(_syllables(before) if before else []),
                *middle,
                *(_syllables(after) if after else []),
            ]
    letters = lazy_pinyin(name, style=Style.NORMAL, v_to_u=True)
    return [unicodedata.normalize("NFC", part) for part in letters]


def write_names(places: Path, divisions: pd.DataFrame, provinces: Path) -> None:
    """Write ``names.csv`` of a folder of places.

    Parameters
    ----------
    places
        The folder, with ``official_names.csv``, which is written by hand.
    divisions
        ``adcode``, ``name_zh`` and ``level``.
    provinces
        The register's table of provinces, for their English names.
    """
    official, register = (
        pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in (places / "official_names.csv", provinces)
    )
    names = division_names(
        divisions,
        dict(zip(official["adcode"], official["name_en"], strict=True)),
        dict(zip(register["adcode"], register["name_en"], strict=True)),
    )
    names.to_csv(places / "names.csv", index=False, lineterminator="\n", encoding="utf-8")
