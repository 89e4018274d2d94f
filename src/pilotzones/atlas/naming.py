"""How names of Chinese divisions are built: the name proper, nationalities, the kind."""

# names of nationalities in names of autonomous divisions, the longer first
NATIONALITIES = {
    "柯尔克孜": "Kyrgyz", "达斡尔族": "Daur", "鄂温克族": "Evenk", "哈萨克族": "Kazakh",
    "哈萨克": "Kazakh", "哈尼族": "Hani", "朝鲜族": "Korean", "土家族": "Tujia",
    "景颇族": "Jingpo",
    "傈僳族": "Lisu", "布依族": "Buyei", "仡佬族": "Gelao", "撒拉族": "Salar",
    "东乡族": "Dongxiang",
    "保安族": "Bonan", "裕固族": "Yugur", "纳西族": "Naxi", "独龙族": "Derung", "普米族": "Pumi",
    "拉祜族": "Lahu", "布朗族": "Blang", "毛南族": "Maonan", "仫佬族": "Mulao", "蒙古族": "Mongol",
    "塔吉克": "Tajik", "鄂伦春": "Oroqen", "鄂温克": "Evenk", "蒙古": "Mongol", "锡伯": "Xibe",
    "各族": "Multi-Ethnic", "彝族": "Yi", "壮族": "Zhuang", "苗族": "Miao", "傣族": "Dai",
    "白族": "Bai", "藏族": "Tibetan", "羌族": "Qiang", "侗族": "Dong", "回族": "Hui",
    "满族": "Manchu", "瑶族": "Yao", "畲族": "She", "黎族": "Li", "水族": "Sui", "土族": "Tu",
    "怒族": "Nu", "佤族": "Va", "维吾尔": "Uyghur",
}  # fmt: skip

# the kind of a division at the end of its name, the longer first, and how English writes it;
# a city goes by its name alone
KINDS = {
    "特别行政区": "", "自治州": "Autonomous Prefecture", "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner", "自治区": "Autonomous Region", "林区": "Forestry District",
    "特区": "Special District", "新区": "New Area", "矿区": "Mining District", "地区": "Prefecture",
    "盟": "League", "市": "", "区": "District", "县": "County", "旗": "Banner", "省": "",
    "行政委员会": "", "管理区": "Administrative Area",
}  # fmt: skip


def split_name(name: str) -> tuple[str, list[str], str]:
    """Split a Chinese name into the name proper, nationalities, and the kind of division.

    Examples
    --------
    >>> split_name("积石山保安族东乡族撒拉族自治县")
    ('积石山', ['保安族', '东乡族', '撒拉族'], '自治县')
    >>> split_name("沁县"), split_name("义乌市")
    (('沁县', [], '县'), ('义乌', [], '市'))
    """
    kind = next((kind for kind in KINDS if name.endswith(kind)), "")
    rest = name.removesuffix(kind)
    nationalities: list[str] = []
    while kind.startswith("自治") and (found := _last_nationality(rest)):
        nationalities.insert(0, found)
        rest = rest.removesuffix(found)
    # a name of one character keeps its kind: Shanxian County
    return (rest if len(rest) > 1 else name), nationalities, kind


def _last_nationality(rest: str) -> str:
    # at least two characters of the name are left, as of 内蒙古
    found = (one for one in NATIONALITIES if rest.endswith(one) and len(rest) > len(one) + 1)
    return next(found, "")
