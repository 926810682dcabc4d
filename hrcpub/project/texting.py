"""What people write around a number that takes texts, in many languages: `Voye HOME bay 741741`.

As regular expressions. The words are those of the design's phrase `text-to` in each language that
it speaks, and what else its speakers say there.
"""

from __future__ import annotations

# Send; before the word that is sent, or the number alone.
SEND = (
    r"(?:(?:send|text|sms|txt|textea|texto|env[ií]a|env[ií]e|mand[ae]|escrib[ae]|sende|senden sie"
    r"|schicke|textez|envoyez|envoie|voye|tekste|nhắn(?: tin)?|soạn(?: tin)?|gửi|отправьте|отправь"
    r"|أرسل|ارسل|أرسلوا|envie|invia|ipadala|i-text|u dir|dir)\b|发送|发短信|發送|傳送|短信|ផ្ញើ)"
)
# Behind that word, before the number.
TO = (
    r"(?:\s(?:to|al?|à|an|au|bay|nan|pou|ba|đến|tới|gửi|на|إلى|الى|ទៅ|ወደ|para|ao?|sa|ku|ilaa)\s"
    r"|\s?[至到给給]\s?|를 |을 )"
)
# Behind the number, in languages whose verb stands last.
BEHIND = r"(?:\s?(?:ይላኩ|senden|schicken|로 보내세요|으로 보내세요|에 보내세요|に送信|へ送信))?"
QUOTES = "\"'“”‘’«»„「」"
