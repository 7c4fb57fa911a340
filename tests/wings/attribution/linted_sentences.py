"""Sentences written for the linter, right and wrong, with what should be found in each. None is of a real statement.

Each row: language, kind, sentence, rules. A person who knows the domain can add rows; nothing else has to change.
"""

from __future__ import annotations

from sild.wings.attribution.rules.linting import LintRule, SentenceKind

CLAIM, CALL, NORM, WORDS = SentenceKind.CLAIM, SentenceKind.CALL, SentenceKind.NORM, SentenceKind.WORDS
HEDGE, BOTH, BASIS = LintRule.HEDGE, LintRule.LIKELIHOOD_WITH_CONFIDENCE, LintRule.NO_BASIS
SURE, OTHER = LintRule.CERTAINTY, LintRule.OTHER_CONFIDENCE

SENTENCES: tuple[tuple[str, SentenceKind, str, tuple[LintRule, ...]], ...] = (
    # English, right
    ("en", CLAIM, "It is very likely that the group read the mailboxes of three ministries.", ()),
    ("en", CLAIM, "The loader was probably built by the same authors.", ()),
    ("en", CLAIM, "The servers were almost certainly rented for this campaign.", ()),
    ("en", CLAIM, "It is unlikely that the two intrusions are unrelated.", ()),
    ("en", CLAIM, "There is a roughly even chance that the backups were read too.", ()),
    ("en", CLAIM, "We hold this judgement with high confidence because two independent sources agree.", ()),
    ("en", CLAIM, "Our confidence in this is low: it rests on one log with gaps.", ()),
    ("en", CLAIM, "The attackers had remote access to the mail server for a month.", ()),
    ("en", CLAIM, "On 12 May 2026 the registry was unreachable for nine hours.", ()),
    ("en", CLAIM, "In May 2026 the attackers came back.", ()),
    ("en", CLAIM, "May saw a second wave against hospitals.", ()),
    ("en", CLAIM, "The malware could read every message that was sent.", ()),
    ("en", CALL, "We ask every State to help as soon as possible.", ()),
    ("en", CALL, "Providers that may be affected should look at their logs.", ()),
    ("en", NORM, "States may not let their territory be used for wrongful acts.", ()),
    ("en", WORDS, "We work with partners on confidence-building measures.", ()),
    ("en", WORDS, "People have great confidence in their digital services.", ()),
    ("en", WORDS, "With all its might the campaign did not stop the elections.", ()),
    ("en", CLAIM, "The likely origin of the loader is one workshop.", ()),
    ("en", CLAIM, "The same certificate was used in both intrusions.", ()),
    # English, wrong
    ("en", CLAIM, "The group possibly read the mailboxes.", (HEDGE,)),
    ("en", CLAIM, "The attackers might have used a stolen account.", (HEDGE,)),
    ("en", CLAIM, "The evidence suggests one author.", (HEDGE,)),
    ("en", CLAIM, "The campaign appears to be the work of one group.", (HEDGE,)),
    ("en", CLAIM, "The intruders may have copied the register.", (HEDGE,)),
    ("en", CLAIM, "It could have been the same team.", (HEDGE,)),
    ("en", CLAIM, "We cannot rule out a second intruder.", (HEDGE,)),
    ("en", CLAIM, "It is not unlikely that the group was paid.", (HEDGE,)),
    ("en", CLAIM, "The ministry was allegedly warned before.", (HEDGE,)),
    ("en", CLAIM, "We believe that the server belonged to the group.", (HEDGE,)),
    ("en", CLAIM, "With high confidence, because two sources agree, it is likely that the group did it.", (BOTH,)),
    ("en", CLAIM, "It is highly probable, and we say so with moderate confidence, based on logs, that it was them.", (BOTH,)),
    ("en", CLAIM, "We say this with moderate confidence.", (BASIS,)),
    ("en", CLAIM, "This was undoubtedly the same group.", (SURE,)),
    ("en", CLAIM, "The group is certainly behind it.", (SURE,)),
    ("en", CLAIM, "We say this with medium confidence.", (OTHER,)),
    ("en", CLAIM, "We are highly confident that the logs are whole.", (OTHER,)),
    ("en", CLAIM, "There is a good chance that it was them.", (HEDGE,)),
    ("en", CLAIM, "Perhaps the two campaigns share a tool.", (HEDGE,)),
    # Estonian, right
    ("et", CLAIM, "On väga tõenäoline, et rühmitus luges kolme ministeeriumi kirju.", ()),
    ("et", CLAIM, "Laadija on tõenäoliselt samade autorite tehtud.", ()),
    ("et", CLAIM, "On ebatõenäoline, et need kaks sissetungi ei ole seotud.", ()),
    ("et", CLAIM, "Serverid renditi peaaegu kindlasti selle ründe jaoks.", ()),
    ("et", CLAIM, "Oleme selles suure kindlusega, sest kaks sõltumatut allikat ütlevad sama.", ()),
    ("et", CLAIM, "12. mail 2026 ei olnud register üheksa tundi kättesaadav.", ()),
    ("et", CALL, "Kutsume riike üles aitama nii kiiresti kui võimalik.", ()),
    ("et", WORDS, "Riigid, kes võivad aidata, on teretulnud.", ()),
    ("et", CLAIM, "Mõlemas sissetungis kasutati sama sertifikaati.", ()),
    # Estonian, wrong
    ("et", CLAIM, "Rühmitus luges arvatavasti ka varukoopiaid.", (HEDGE,)),
    ("et", CLAIM, "Ilmselt oli see sama rühmitus.", (HEDGE,)),
    ("et", CLAIM, "See võib olla sama meeskond.", (HEDGE,)),
    ("et", CLAIM, "Ei saa välistada teist sissetungijat.", (HEDGE,)),
    ("et", CLAIM, "Suure kindlusega, sest allikaid on kaks, on tõenäoline, et see oli rühmitus.", (BOTH,)),
    ("et", CLAIM, "Ütleme seda mõõduka kindlusega.", (BASIS,)),
    ("et", CLAIM, "See oli kahtlemata sama rühmitus.", (SURE,)),
    ("et", CLAIM, "Ründajaid väidetavalt hoiatati.", (HEDGE,)),
    # Ukrainian, right
    ("uk", CLAIM, "Дуже ймовірно, що угруповання читало пошту трьох міністерств.", ()),
    ("uk", CLAIM, "Завантажувач імовірно створили ті самі автори.", ()),
    ("uk", CLAIM, "Малоймовірно, що ці два вторгнення не пов'язані.", ()),
    ("uk", CLAIM, "Сервери майже напевно орендували для цієї кампанії.", ()),
    ("uk", CLAIM, "Ми стверджуємо це з високою впевненістю, оскільки два незалежні джерела збігаються.", ()),
    ("uk", CLAIM, "12 травня 2026 року реєстр був недоступний дев'ять годин.", ()),
    ("uk", CALL, "Закликаємо держави допомогти якнайшвидше.", ()),
    ("uk", CLAIM, "В обох вторгненнях використано той самий сертифікат.", ()),
    ("uk", WORDS, "Схожі кампанії ми бачили торік.", ()),
    # Ukrainian, wrong
    ("uk", CLAIM, "Угруповання, можливо, читало пошту.", (HEDGE,)),
    ("uk", CLAIM, "Мабуть, це була та сама команда.", (HEDGE,)),
    ("uk", CLAIM, "Це напевно те саме угруповання.", (HEDGE,)),
    ("uk", CLAIM, "Не можна виключити другого порушника.", (HEDGE,)),
    ("uk", CLAIM, "З високою впевненістю, оскільки джерел два, імовірно, що це було угруповання.", (BOTH,)),
    ("uk", CLAIM, "Ми кажемо це з помірною впевненістю.", (BASIS,)),
    ("uk", CLAIM, "Це безсумнівно те саме угруповання.", (SURE,)),
    ("uk", CLAIM, "Міністерство нібито попереджали.", (HEDGE,)),
    # written after the rules, to be missed or taken wrongly: what the linter does not know is told here too
    ("en", CLAIM, "Signs point towards one workshop.", (HEDGE,)),
    ("en", CLAIM, "One would assume that the account was stolen.", (HEDGE,)),
    ("en", CLAIM, "The chances of coincidence are slim.", (HEDGE,)),
    ("en", CLAIM, "It was made possible by an old password.", ()),
    ("en", CLAIM, "The group had suggested a ransom of two million.", ()),
    ("en", WORDS, "We believe in an open and secure network.", ()),
    ("en", CLAIM, "The ministry is likely, we are fairly sure, to be hit again.", (OTHER, BOTH)),
    ("et", CLAIM, "Küllap oli see sama rühmitus.", (HEDGE,)),
    ("et", CLAIM, "Jäljed viitavad ühele töökojale.", (HEDGE,)),
    ("et", WORDS, "Ilmselge on see, et kirjad loeti läbi.", ()),
    ("et", CLAIM, "Kindlasti oli see sama rühmitus.", (SURE,)),
    ("uk", CLAIM, "Сліди ведуть, гадаємо, до однієї майстерні.", (HEDGE,)),
    ("uk", CLAIM, "Напад став можливим через старий пароль.", ()),
    ("uk", CLAIM, "Очевидно, це була та сама команда.", (HEDGE,)),
    ("uk", WORDS, "Певно, що мережа має бути відкрита.", ()),
)
