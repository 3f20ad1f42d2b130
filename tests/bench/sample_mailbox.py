"""A realistic help-desk mailbox: seeded, so that two runs measure the same messages.

Lengths follow a real one: median 6 kB, mean 50 kB, the largest some megabytes; replies with quotes, HTML with its own styles, attachments,
nine character sets.
"""
import base64
import email.utils
import random
from email.message import EmailMessage
from email.policy import SMTP

WORDS = """order printer invoice account password login error crash screen app update refund delivery customer support phone button page
save export report window please thanks hello problem when click nothing happens again after version install license key payment card
charged twice cancel subscription address change help urgent still waiting week yesterday morning attached screenshot message website""".split()
NAMES = ["Ann Smith", "Bob Jones", "Zoë Weiß", "José Álvarez", "Пётр Иванов", "李雷", "Müller, Jürgen", "Siobhán O'Brien", "田中 花子"]
FOREIGN = [("iso-8859-1", "Grüße, déjà vu"), ("windows-1252", "Grüße – “smart” quotes € 5,00"), ("iso-2022-jp", "注文した商品が届きません。"),
           ("gb18030", "您好，我的订单还没有收到。"), ("koi8-r", "Здравствуйте, не могу войти."), ("shift_jis", "ログインできません。"),
           ("euc-kr", "로그인이 되지 않습니다."), ("big5", "您好，我的訂單沒有收到"), ("utf-8", "🙂 schöne Grüße ✓")]
START = 1760000000


class Mailbox:
    def __init__(self, to="support@example.test", seed=42):
        self.random = random.Random(seed)
        self.to = to
        self.earlier = []
        self.made = 0

    def sentence(self, low=6, high=16):
        words = " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(low, high)))
        return words.capitalize() + self.random.choice(".. .?!").strip() or "."

    def text(self):
        return "\n\n".join(" ".join(self.sentence() for _ in range(self.random.randint(1, 4))) for _ in range(self.random.randint(1, 4)))

    def html(self, text, rows):
        style = "".join(f'p.c{k}{{margin:0;font-size:{8 + k % 5}pt;font-family:"Calibri",sans-serif}}\n' for k in range(rows or 6))
        table = "".join(f'<table width="600"><tr><td style="padding:10px"><a href="https://track.example.com/c/{self.random.randbytes(20).hex()}">'
                        f'<img src="https://img.example.com/{self.random.randbytes(8).hex()}.png"></a>{self.text()}</td></tr></table>\n' for _ in range(rows))
        body = "".join(f'<p class="c1"><span style="font-size:11pt">{p}</span></p>\n' for p in text.split("\n\n"))
        return f"<html><head><style>{style}</style></head><body>{body}{table}</body></html>"

    def attach(self, message):
        kind, subtype, name = self.random.choice([("image", "png", "screenshot.png"), ("application", "pdf", "Rechnung Nr. 5 – März.pdf"),
                                                  ("text", "csv", "export.csv"), ("application", "zip", "logs.zip")])
        size = int(min(3_000_000, self.random.lognormvariate(11.5, 1.1)))
        message.add_attachment(self.random.randbytes(size), maintype=kind, subtype=subtype, filename=name)

    def message(self):
        """One message as bytes with CRLF."""
        r, number = self.random, self.made
        self.made += 1
        domain = f"c{r.randint(0, 400)}.test"
        sender = f"u{r.randint(0, 999)}@{domain}"
        text, quoted = self.text(), ""
        message = EmailMessage(policy=SMTP)
        message["From"] = email.utils.formataddr((r.choice(NAMES), sender))
        message["To"] = f"Support <{self.to}>"
        message["Message-ID"] = own = f"<{r.randbytes(8).hex()}.{number}@{domain}>"
        message["Date"] = email.utils.formatdate(START + number * 300)
        if self.earlier and r.random() < 0.55:
            parent = r.choice(self.earlier[-300:])
            message["Subject"] = "Re: " + parent[1]
            message["In-Reply-To"] = parent[0]
            message["References"] = " ".join(parent[2][-10:] + [parent[0]])
            subject, references = parent[1], parent[2] + [parent[0]]
            quoted = "\n\nOn Mon, 10 Nov 2025 at 10:00, Support wrote:\n" + "\n".join("> " + line for line in parent[3].split("\n"))
        else:
            subject, references = self.sentence(3, 8), []
            message["Subject"] = subject
        shape = r.random()
        if shape > 0.95:
            charset, words = r.choice(FOREIGN)
            message.set_content(words + "\n", charset=charset)
        else:
            message.set_content(text + quoted + "\n\n-- \nsent by a customer\n")
            if shape < 0.70:
                message.add_alternative(self.html(text, r.randint(15, 80) if shape < 0.15 else 0), subtype="html")
            if shape > 0.75:
                self.attach(message)
        self.earlier.append((own, subject, references, text))
        trace = "".join(f"Received: from mail-{k}.{domain} (mail-{k}.{domain} [203.0.113.{k + 1}])\r\n\tby mx.example.test with ESMTPS id "
                        f"{r.randbytes(6).hex()}\r\n\tfor <{self.to}>; Mon, 10 Nov 2025 10:0{k}:00 +0000\r\n" for k in range(r.randint(3, 6)))
        seal = base64.b64encode(r.randbytes(256)).decode()
        trace += "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s;\r\n\tb=%s\r\n" % (domain, "\r\n\t ".join(seal[i:i + 70] for i in range(0, len(seal), 70)))
        return trace.encode() + message.as_bytes()
