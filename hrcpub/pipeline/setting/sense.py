"""Words and their language to what belongs together on a line.

A line should not end in a word that leans on the next ("of", "the"), nor within a name. It must not
end between a number and its unit, or within a telephone number, which are read as one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from hrcpub.patterns import pattern
from hrcpub.project.languages import main_part

# Articles, prepositions, conjunctions and what else leans on the word after it. Where these are
# written as one word with the next (Arabic, Hebrew, Amharic), or follow (Turkish, Hindi, Japanese),
# there are none. In Polish, Russian and Ukrainian a rule says it: no line ends in a word of one
# letter; the others here are the short prepositions.
_LEANING = {
    "en": """a an the of to in on at by for from with into and or nor but as if than that which
        who whose is are was were be its it no not do does we our your their his her this these
        those more most very""",
    "es": """a al con de del e el en la las los lo le les mi más no o para por que se sin su sus tu
        u un una unas unos y""",
    "fr": """à au aux avec ce ces dans de des du en et la le les leur leurs ne ou par pas pour que
        qui sa sans se ses son sur un une""",
    "pt": """a o as os um uma uns umas de do da dos das em no na nos nas ao aos à às por pelo pela
        para com sem e ou que se seu sua seus suas não mais é""",
    "it": """a al alla ai alle con da dal dalla dei del della delle di e ed il in la le lo gli i
        nel nella non o per più su sul sulla si un una uno che""",
    "ro": """a al ale cu de din în la o un pe pentru prin și sau să se nu ce cel cea mai unui
        unei""",
    "ht": """yon nan a ak oswa ki pou sou de ou li pa se te ap pral si tout chak kèk nou yo gen san
        nan""",
    "de": """der die das den dem des ein eine einen einem einer und oder zu zum zur in im an am auf
        aus bei mit nach von vom für um ist sind nicht kein keine als wie wenn dass sie ihr wir""",
    "nl": "de het een en of te in op aan bij met van voor uit om is zijn niet geen als dat die",
    "pl": "a i o u w z we ze na do od po za ku ani lub nie dla bez pod nad przez przy co że się",
    "ru": """а в и к о с у я во ко со до за из на не ни но об от по или для без при под над что
        как""",
    "uk": "а в є з і й о у я до за зі із на не ні та від для без при під над по про що як або чи",
    "be": "а і ў у з о я да за на не ні па ад без для пры пад або што як",
    "bg": "а в и о с у до за из на не но от по при или със във без под над че да ще се",
    "sr": "а и о с у до за из на не но од по или са без под над да се а i o s u do za iz na ne od",
    "el": """ο η το οι τα τον την του της των στο στη στην στον στους στις στα και ή σε με από για
        να θα ως δεν μη που ένα μια ένας""",
    "so": "iyo ama oo u ka ku la si in waa ee aan",
    **dict.fromkeys(("tl", "fil"), "ang ng sa mga at o na ay si ni kay para kung hindi mas"),
    "vi": "và hoặc của là ở các những một không để với cho về mỗi",
    "haw": "ka ke nā he o a i e ma no na",
    "sw": "na ya wa la za kwa cha vya au ni si",
    # Scripts without spaces: as the segmenter cuts their words.
    "th": """ที่ ใน ของ และ ว่า เพื่อ กับ จาก โดย หรือ แต่ การ ความ ถึง ต่อ เป็น ไม่ ให้ ซึ่ง เมื่อ
        ถ้า หาก ด้วย จะ ได้ ผู้ นัก""",
    "lo": "ທີ່ ໃນ ຂອງ ແລະ ວ່າ ເພື່ອ ກັບ ຈາກ ໂດຍ ຫຼື ແຕ່ ການ ຄວາມ ເຖິງ ຕໍ່ ເປັນ ບໍ່ ໃຫ້ ຊຶ່ງ ເມື່ອ ຖ້າ ຈະ ຜູ້",
    "km": """និង នៃ ដែល ក្នុង ជា ស្ដីពី ស្តីពី ពី នៅ ដើម្បី ឬ មិន ការ សេចក្ដី សេចក្តី ទៅ ដោយ ចំពោះ របស់ ប៉ុន្តែ បើ
        ដល់ អ្នក""",
    "zh": """在 和 与 與 及 或 不 是 对 對 把 被 为 為 从 從 向 每 请 請 以 由 用 给 給
        当 當 如 若 因 更 最 很 这 這 那 一""",
}
_FOLLOWING = {
    # What belongs to the word before it, where no space parts them.
    "my": """များ တို့ က ကို မှာ မှ သည် ၏ နှင့် ၌ တွင် သော ပါ ပါသည် ပါသည်။ သည်။ ၍ လည်း ဖြင့် အတွက် ရန် ခြင်း
        မှု ချက် သူ ရေး""",
    "zh": "的 了 着 著 们 們 吗 嗎 呢 吧 地 得 过 過 上 下 里 裡 中 内 內 者 性",
    "th": "ๆ ด้วย นี้ นั้น กัน",
}
_WORDS = {language: frozenset(words.split()) for language, words in _LEANING.items()}
_AFTER = {language: frozenset(words.split()) for language, words in _FOLLOWING.items()}

_TOGETHER = {
    # After a number: measures, times and amounts, in the languages of the table above.
    "units": """mg g kg mcg µg ml mL l cc oz lb lbs mm cm m km in ft mi pt % ٪ ° °C °F h hr hrs min
        sec hour hours minute minutes second seconds day days week weeks month months year years
        a.m. p.m. am pm AM PM A.M. P.M. o’clock percent million billion thousand dollars cents
        Floor hora horas minuto minutos día días semana semanas mes meses año años por millones
        heure heures jour jours semaine semaines mois an ans pour euros
        minuti ore giorni settimane mesi anni uur dagen weken Minuten Stunde Stunden Tag Tage Tagen
        Wochen Monate Jahre Euro Uhr dias mês meses anos minit èdtan jou semèn mwa minut minuty
        godzin godziny dni tygodni tygodnie lat zł dakika saat gün hafta daqiiqo saacadood
        maalmood minuto araw linggo phút giờ ngày tuần tháng năm tuổi đồng
        λεπτά λεπτό ώρες ώρα ημέρες μέρες εβδομάδες μήνες χρόνια ευρώ
        мг г кг мкг мл л см м км ч мин мин. сек сек. час часа часов минут минуты минуту день дня
        дней неделя недели недель месяц месяца месяцев год года лет раз раза руб. долл. тыс. млн
        хв хв. год. хвилин хвилини хвилину годин години годину днів дні тижнів тижні місяців років
        роки разів грн
        ملغ ملغم مغ مل ملل غ كغ سم متر دقيقة دقائق ساعة ساعات يوم يومًا أيام أسبوع أسابيع شهر أشهر
        سنة سنوات مرة مرات دولار میلی‌گرم میلی‌لیتر گرم دقیقه ساعت روز هفته ماه سال بار منٹ گھنٹے دن
        ملی‌گرام מ״ג מ"ג מ״ל מ"ל ק״ג ס״מ דקה דקות שעה שעות יום ימים שבוע שבועות חודש חודשים שנה
        שנים פעמים ש״ח
        मिग्रा मि.ग्रा. मिलीग्राम मिली मि.ली. ग्राम किलो मिनट घंटा घंटे दिन दिनों सप्ताह हफ़्ते
        महीने महीना साल वर्ष बार रुपये मिनेट घण्टा
        হপ্তা মিগ্রা মি.গ্রা. মিলি মিনিট ঘণ্টা ঘন্টা দিন সপ্তাহ মাস বছর বার টাকা
        ਮਿੰਟ ਘੰਟੇ ਦਿਨ ਹਫ਼ਤੇ ਮਹੀਨੇ ਸਾਲ મિનિટ કલાક દિવસ મહિના વર્ષ மி.கி மி.கி. மி.லி நிமிடம் நிமிடங்கள்
        மணி நாள் நாட்கள் వారం నిమిషాలు గంటలు రోజులు నెలలు
        ሚግ ሚ.ግ ሚሊ ደቂቃ ደቂቃዎች ሰዓት ሰዓታት ቀን ቀናት ሳምንት ወር ዓመት ጊዜ ብር ደቒቕ መዓልቲ
        밀리그램 밀리리터 분 시간 일 주 개월 년 번 명 세 층 원
        րոպե ժամ օր շաբաթ ամիս տարի წუთი საათი დღე კვირა თვე წელი""",
    # The same in scripts without spaces: after a number and a space, or none.
    "joined": """毫克 毫升 微克 公克 公斤 千克 升 克 分钟 分鐘 小时 小時 時間 分間 日間 週間 秒 周
        週 天 日 月 年 岁 歲 歳 次 回 人 名 元 円 點 点 號 号 樓 楼 階 个 個 倍 度 ミリグラム
        ミリリットル グラム か月 ヶ月 มก. มล. มคก. กก. ก. ซม. กม. ม. มิลลิกรัม มิลลิลิตร กรัม นาที
        ชั่วโมง วัน สัปดาห์ เดือน ปี บาท ครั้ง คน น. ມກ ມລ ກລ ກຼາມ ນາທີ ຊົ່ວໂມງ ມື້ ວັນ ອາທິດ ເດືອນ
        ປີ ຄັ້ງ ຄົນ មីលីក្រាម មីលីលីត្រ ក្រាម នាទី ម៉ោង ថ្ងៃ សប្ដាហ៍ សប្តាហ៍ ខែ ឆ្នាំ ដង នាក់
        မီလီဂရမ် မီလီလီတာ ဂရမ် မိနစ် နာရီ ရက် ပတ် နှစ် ကြိမ် ဦး mg ml kg""",
    # Before a number.
    "counted": """No. no. Nos. nos. Nr. n° nº p. pp. § Suite Ste. Room Rm. Floor Box Apt. Apt Unit
        Ext. ext. ext Tel Tel: Tel. Fax Fax: Fig. Page page Step step Section vol. Route Hwy.
        Oficina Sala Piso andar nr ul. lok. tel. tel.: tél. số αρ. τηλ. № стр. тел. тел.: д. кв.
        оф. каб. буд. رقم هاتف מס׳ רח׳ ቁ. ክፍል""",
    # Between hours and minutes: `7 giờ 30`, `19 h 30`.
    "hours": "giờ h Uhr",
    # Before a name.
    "titles": """Dr. Mr. Mrs. Ms. Mx. St. Sr. Sra. Dra. Prof. M. Mme Frau Herr Dott. Sig. Sig.ra
        д-р г-н г-жа""",
}
Names = tuple[tuple[str, ...], ...]  # each name's words, as `names_of` returns them

_UNITS, JOINED_UNITS, _COUNTED, _HOURS, _TITLES = (
    frozenset(words.split()) for words in _TOGETHER.values()
)
# Compiled when it is first asked for: in most builds never.
_UNSPACED = r"[\u0e01-\u0edf\u1000-\u109f\u1780-\u17dd\u3041-\u30ff\u3400-\u9fff]"
_NUMBER = pattern(r"[(“‘«„]?[$€£~≈<>≤≥±+−-]?\d[\d.,:/–٫٬-]*(?:st|nd|rd|th)?")
_MINUTES = pattern(r"[0-5]\d")
_AREA_CODE = pattern(r"\+\d{1,3}|\(?\d{3}\)")
_OPEN, _CLOSE = "(“‘\"'", ".,;:!?)”’\"'"
# Signs with a space before them, as in French: no line begins with them (UAX #14, LB13).
_CLOSING = pattern(r"[.,;:!?)\]}»/…।॥؟،؛۔։።፣፤၊ฯๆໆៗ]+")


@lru_cache(maxsize=4096)  # small words come again and again
def leans(word: str, language: str = "en") -> bool:
    """Return whether a line that ends in `word` reads as broken off ("a", "of", "the").

    So does a number of one or two digits: what it counts comes next, or how far it goes ("2 to 3").
    """
    is_count = len(word) <= 2 and word.isdecimal()
    return is_count or word.lower() in _WORDS.get(main_part(language), frozenset())


def follows(word: str, language: str) -> bool:
    """Return whether a line that begins with `word` reads as broken off: in Burmese, "of"."""
    return word in _AFTER.get(main_part(language), frozenset())


# Languages that write each syllable as a word: short ones say as much as others.
_SYLLABLES = frozenset({"vi", "hmn", "mww"})


def is_small(word: str, language: str = "en") -> bool:
    """Return whether a word says nothing alone, in any language: "of", "für", "I"; not "YOUR"."""
    letters = "".join(filter(str.isalnum, word))
    is_short = letters.islower() and len(letters) <= 3 and main_part(language) not in _SYLLABLES
    return len(letters) == 1 or is_short or (letters.islower() and leans(letters, language))


@lru_cache(maxsize=4096)
def holds(word: str, following: str) -> bool:
    """Return whether words belong together: `5 mg`, `Suite 510`, `(212) 213-6376`, `Dr. Ruiz`."""
    if _CLOSING.fullmatch(following):
        return True
    bare = word.lstrip(_OPEN)
    if bare in _TITLES:
        return following[:1].isupper()
    if _AREA_CODE.fullmatch(word) or bare in _COUNTED:
        return any(character.isdigit() for character in following[:2])
    if word in _HOURS:
        return _MINUTES.fullmatch(following.rstrip(_CLOSE)) is not None
    if not _NUMBER.fullmatch(word):
        return False
    return following in _UNITS or following.rstrip(_CLOSE) in _UNITS


def ends_badly(lines: Sequence[str], language: str = "en") -> int:
    """Return how many of the lines but the last end where they should not."""
    ends = (
        (line.rsplit(None, 1)[-1], following.split(None, 1)[0])
        for line, following in itertools.pairwise(lines)
    )
    return sum(leans(last, language) or holds(last, first) for last, first in ends)


def names_of(texts: Iterable[str]) -> Names:
    """Return the names that lines can cut: of two words and more, or in a script without spaces."""
    names = (tuple(_bare(word) for word in text.split()) for text in texts)
    kept = (
        name
        for name in dict.fromkeys(names)
        if len(name) > 1 or re.search(_UNSPACED, "".join(name))
    )
    return tuple(kept)


def cuts_names(lines: Sequence[str], names: Names) -> int:
    """Return how often names are cut at ends of lines: `the Harm / Reduction Coalition` cuts two.

    A name within another counts too, so that the longer one is cut where the shorter stays whole.
    """
    if not names or len(lines) < 2:
        return 0
    return _cuts_in_words(lines, names) + sum(_cuts_in_word(lines, *n) for n in names if len(n) < 2)


def _cuts_in_word(lines: Sequence[str], name: str) -> int:
    """Return how often a name of a script without spaces is cut."""
    parts = [_bare(line) for line in lines]
    ends = set(itertools.accumulate(map(len, parts)))
    found = re.finditer(re.escape(name), "".join(parts))
    return sum(not ends.isdisjoint(range(m.start() + 1, m.end())) for m in found)


def _cuts_in_words(lines: Sequence[str], names: Names) -> int:
    parts = [line.split() for line in lines]
    places = _places_of(names, tuple(itertools.chain.from_iterable(parts)))
    if not places:
        return 0
    ends = list(itertools.accumulate(map(len, parts)))[:-1]
    return sum(first < end < last for first, last in places for end in ends)


@lru_cache(maxsize=256)  # the same words are cut into lines in many ways
def _places_of(names: Names, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where names of two words and more begin and end in the words of a text."""
    bare = tuple(map(_bare, words))
    return tuple(
        (at, at + len(name))
        for name in names
        for at in range(len(bare) - len(name) + 1)
        if len(name) > 1 and bare[at : at + len(name)] == name
    )


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()
