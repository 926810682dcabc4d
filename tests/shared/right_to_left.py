"""Every layout's sample with words in Arabic or Hebrew: of about the same length, to set pages.

They are sentences about harm reduction of our own, and no translations: numbers, telephones, doses
and addresses stand in them as they do in ours.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.shared.project import read_yaml

LANGUAGES = ("ar", "he")
# One word or two; what is done; questions and heads; sentences.
SHORT = {
    "ar": ("بلا أحكام", "خطوة أولى", "رقم واحد", "كل يوم", "الوجه الآخر", "معاً"),
    "he": ("בלי שיפוט", "צעד ראשון", "מספר אחד", "כל יום", "הצד השני", "ביחד"),
}
VERBS = {
    "ar": ("انظر", "اتصل", "أحضر", "انتظر", "كرّر", "ساعد", "اسأل", "تنفّس"),
    "he": ("בדקו", "התקשרו", "הביאו", "חכו", "חזרו", "עזרו", "שאלו", "נשמו"),
}
HEADS = {
    "ar": (
        "لماذا الحدّ من الضرر؟",
        "كيف تصل إلينا؟",
        "من يجيب حين تتصل؟",
        "ماذا تفعل أولاً؟",
        "أين نحن؟",
    ),
    "he": (
        "למה הפחתת נזקים?",
        "איך מגיעים אלינו?",
        "מי עונה כשמתקשרים?",
        "מה עושים קודם?",
        "איפה אנחנו?",
    ),
}
SENTENCES = {
    "ar": (
        "نلتقي بالناس حيث هم، ونسألهم عمّا يحتاجون إليه، ثم نعمل معهم.",
        "اتصل بالرقم (212) 213-6376 بين 9:00–17:00، أو اكتب إلى info@example.org.",
        "أعطِ جرعة 4 mg/0.1 ml في فتحة أنف واحدة، وانتظر 2–3 دقائق.",
        "يحمل الفريق NARCAN (نالوكسون) مجاناً، ولا يسأل أحداً عن اسمه.",
        "كل إنسان يستحق الرعاية والاحترام، أياً كان المكان الذي ينام فيه.",
        "الحدّ من الضرر طريقة عملية للبقاء بصحة وأمان، من دون شروط.",
    ),
    "he": (
        "אנחנו פוגשים אנשים היכן שהם נמצאים, שואלים מה הם צריכים ופועלים איתם.",
        "התקשרו למספר (212) 213-6376 בין 9:00–17:00, או כתבו אל info@example.org.",
        "תנו מנה של 4 mg/0.1 ml לתוך נחיר אחד, והמתינו 2–3 דקות.",
        "הצוות נושא NARCAN (נלוקסון) בחינם, ואינו שואל איש לשמו.",
        "לכל אדם מגיעים טיפול וכבוד, בלי קשר למקום שבו הוא ישן.",
        "הפחתת נזקים היא דרך מעשית להישאר בריאים ובטוחים, בלי תנאים.",
    ),
}
PHRASES = {
    "ar": {
        "distributed-by": "توزيع",
        "revision": "مراجعة",
        "source": "المصدر:",
        "side": "الوجه {side} من {sides}",
        "tel": "هاتف",
        "fax": "فاكس",
        "text": "رسالة",
        "text-to": "أرسل {keyword} إلى {number}",
        "extension": "تحويلة {extension}",
        "closed": "مغلق",
        "by-appointment": "بموعد",
        "postage": "طابع",
        "turn": "اقلب",
        "keep": "الحدّ من الضرر",
        "draft": "مسودة لم تراجع",
        "valid-until": "صالح حتى {date}",
        "simplex": "اطبع وجهاً واحداً بالحجم الفعلي",
        "duplex": "اطبع الوجهين واقلب على الحافة الطويلة",
        "duplex-short": "اطبع الوجهين واقلب على الحافة القصيرة",
        "paper": "الورق:",
    },
    "he": {
        "distributed-by": "הופץ על ידי",
        "revision": "מהדורה",
        "source": "מקור:",
        "side": "צד {side} מתוך {sides}",
        "tel": "טל׳",
        "fax": "פקס",
        "text": "הודעה",
        "text-to": "שלחו {keyword} אל {number}",
        "extension": "שלוחה {extension}",
        "closed": "סגור",
        "by-appointment": "בתיאום",
        "postage": "בול",
        "turn": "הפכו",
        "keep": "הפחתת נזקים",
        "draft": "טיוטה שלא נבדקה",
        "valid-until": "בתוקף עד {date}",
        "simplex": "להדפיס צד אחד, גודל אמיתי",
        "duplex": "להדפיס דו־צדדי, היפוך בצד הארוך",
        "duplex-short": "להדפיס דו־צדדי, היפוך בצד הקצר",
        "paper": "נייר:",
    },
}
# What is no language's, or the project's own.
_KEPT = re.compile(
    "layout|code|revision|revised|figure|contacts|call|url|points|at|strength|tel|days|from|to"
    "|by|on|until|number"
)


def sample(layout: str, language: str) -> str:
    """Return the material of a layout's sample in a language, as YAML."""
    kinds: dict[str, Mapping[str, tuple[str, ...]]]
    kinds = {"v": VERBS, "h": HEADS, "s": SENTENCES, "w": SHORT}
    pools: dict[str, Iterator[str]] = {
        kind: itertools.cycle(pool[language]) for kind, pool in kinds.items()
    }
    written = dict(read_yaml(f"layouts/{layout}/sample.yaml"))
    written["language"] = language
    written["title"] = HEADS[language][0]
    written["words"] = _said(written["words"], "", pools, {})
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False)


def write_sample(project: Path, layout: str, language: str) -> str:
    """Write that material into a project and return its name."""
    name = f"{layout}-{language}"
    (project / "materials" / f"{name}.yaml").write_text(sample(layout, language), "utf-8")
    return name


def add_phrases(project: Path, language: str) -> None:
    """Add the design's phrases in a language to a project that lacks them."""
    path = project / "layouts" / "system" / "phrases.yaml"
    said = yaml.safe_dump({language: PHRASES[language]}, allow_unicode=True, sort_keys=False)
    text = path.read_text("utf-8")
    if f"\n{language}:" not in text:
        path.write_text(f"{text}\n{said}", "utf-8")


def _said(value: Any, key: str, pools: dict[str, Iterator[str]], known: dict[str, str]) -> Any:
    """Return a value of the sample in another language; the same words twice are the same."""
    if isinstance(value, dict):
        return {name: _said(inner, name, pools, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [_said(inner, key, pools, known) for inner in value]
    if key == "times":  # a bar of one day has room for one time alone
        return "9 am-12 pm"
    if _KEPT.fullmatch(key) or not re.search("[A-Za-z]{2}", value):
        return value
    return known.setdefault(value, _like(value, key, pools))


def _like(value: str, key: str, pools: dict[str, Iterator[str]]) -> str:
    """Return words of the kind that a slot has, about as long as a value."""
    if key == "verb":
        return next(pools["v"])
    if len(value) < 20 and not value.endswith("?"):
        return next(pools["w"])
    if len(value) < 45:
        return next(pools["h"])
    text = next(pools["s"])
    while len(text) < 0.75 * len(value):
        text += " " + next(pools["s"])
    return text
