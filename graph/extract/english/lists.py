"""Lists of English words that the matcher knows beside the frames' own.

In: nothing. Out: closed classes, irregular verbs, common verbs, verbs that hand their subject or object on to an
infinitive, nouns that name a class of things. Plain data; adding a word here needs no other change.
"""

from __future__ import annotations


def _forms(told: str) -> dict[str, str]:
    """tag: word word … by line, as word → tag."""
    found: dict[str, str] = {}
    for line in told.strip().splitlines():
        tag, _, words = line.strip().partition(": ")
        for word in words.split():
            found[word] = tag
    return found


CLOSED = _forms(
    """
    det: the a an this these those its their his her our your my every each all both some any no several many more
    det: most such another other either neither few what whatever half
    num: one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand
    num: million billion first second third fourth fifth sixth seventh eighth ninth tenth dozens
    pron: it they he she we i you them him us me itself themselves himself herself ourselves there anyone everyone
    pron: nobody someone everything nothing something anything anybody
    prep: of in at on by for with from against into onto through via under over about between among towards toward
    prep: within without during across upon per near behind beyond around concerning regarding despite throughout
    prep: inside outside besides above below along amid including unlike
    conj: and or but nor & plus
    rel: which who whom whose
    sub: because although though if whether unless while whereas when whenever where wherever why how so
    sub: since before after until till than as like once lest
    that: that
    be: be is are was were been being am 's 're ain
    have: have has had having 've
    do: do does did doing done
    modal: will would can could may might must shall should cannot ought 'll 'd wo ca
    to: to
    not: not n't never
    adv: also still now already even ever just nevertheless however therefore thus then here yet again once only too
    adv: together instead meanwhile moreover furthermore indeed perhaps maybe often always sometimes soon later
    adv: earlier today yesterday tomorrow recently nationwide online secretly abroad alone directly jointly formally
    adv: hereby thereby hence further rather quite very almost nearly previously formerly currently initially
    adv: up down out off away forward ahead apart aside
    adv: repeatedly publicly allegedly reportedly apparently no-longer ago back elsewhere altogether twice rightly
    comma: ,
    stop: ; : . ? ! — – … ( ) [ ] /
    quote: " “ ” ‘ ’ ' « »
    """
)
CLOSED["'s"] = CLOSED["’s"] = "poss"
CLOSED["-"] = "stop"

NOT_ADVERBS = frozenset("early daily weekly monthly yearly family supply reply apply assembly police friendly likely "
                        "elderly italy july ally rely imply comply anomaly multiply bully rally".split())  # fmt: skip
ALSO_PREP = frozenset("since before after until till as like than".split())
TIME_PREPS = frozenset(
    "in on since from until till by during of at for before after around about through throughout to as".split()
)
TIME_NOUNS = frozenset(
    "year month week day spring summer autumn fall winter quarter time century decade weekend night morning".split()
)
SPANS = frozenset("years months weeks decades days hours".split())
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow recently nowadays".split()
)
PLURALS = frozenset("police people they we media data officials both men women children staff critics".split())
ADJECTIVES = frozenset(
    """
    new old large small big major minor local national public private joint former current present previous
    controversial legal unlawful illegal personal facial biometric digital central regional municipal several free
    open secret full entire whole whole own same different similar various certain possible necessary critical
    responsible able likely unable willing ready subject due liable wary opposed aware in-store constitutional
    unconstitutional lawful invalid void compulsory mandatory obligatory dead unjust useless mutual dangerous so-
    called nationwide portable available proposed draft then-chair acting deputy senior vice independent
    """.split()
)
NOUN_FORMS = {
    "data": "data", "them": "them", "media": "media", "police": "police", "premises": "premises", "series": "series",
    "news": "news",
    "people": "people", "programme": "program", "programmes": "program", "centre": "center", "centres": "center",
    "footage": "footage", "images": "image", "faces": "face", "chairs": "chair", "cameras": "camera",
    "criteria": "criterion", "analyses": "analysis", "hers": "hers", "left": "left", "led": "led", "its": "its",
    "chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "spokeswoman": "spokesman",
    "spokesperson": "spokesman", "police officers": "police officer", "minutes": "minutes",
    "proceedings": "proceedings", "guidelines": "guideline", "savings": "savings",
}  # fmt: skip

# Nouns in -ing, and words that look like a verb's form but are none.
ING_NOUNS = frozenset(
    """
    meeting building hearing ruling filing finding marketing training setting housing understanding shoplifting
    gathering wedding beginning ending opening funding banking policing parking shopping pricing briefing handling
    processing monitoring screening warning nothing something anything everything during morning evening building
    policymaking lawmaking spring king ring thing
    """.split()
)
NOT_VERBS = frozenset(
    """
    during nothing something anything everything thing spring string king ring sing wing morning evening ceiling
    hundred sacred naked wicked rugged so-called limited biased indeed need seed speed breed feed embed shed red bed
    """.split()
)
ISE = frozenset("advise revise supervise exercise promise raise rise arise compromise devise surprise praise "
                "advertise franchise disguise otherwise premise excise expertise enterprise "
                "merchandise".split())  # fmt: skip

IRREGULAR: dict[str, tuple[str, str]] = {}
for _line in (
    """
    be was been | begin began begun | bring brought brought | build built built | buy bought bought
    choose chose chosen | come came come | cut cut cut | deal dealt dealt | draw drew drawn | drive drove driven
    fall fell fallen | feed fed fed | feel felt felt | fight fought fought | find found found | forbid forbade forbidden
    get got got | give gave given | go went gone | grow grew grown | hear heard heard | hide hid hidden
    hold held held | keep kept kept | know knew known | lay laid laid | lead led led | leave left left
    lend lent lent | let let let | lose lost lost | make made made | mean meant meant | meet met met | pay paid paid
    put put put | read read read | rise rose risen | run ran run | say said said | see saw seen | seek sought sought
    sell sold sold | send sent sent | set set set | show showed shown | speak spoke spoken | spend spent spent
    stand stood stood | strike struck struck | take took taken | teach taught taught | tell told told
    think thought thought | understand understood understood | undergo underwent undergone | uphold upheld upheld
    withdraw withdrew withdrawn | withhold withheld withheld | write wrote written | break broke broken
    oversee oversaw overseen | undertake undertook undertaken | become became become | rewrite rewrote rewritten
    forego forewent foregone | spread spread spread | split split split | win won won | wear wore worn
    overthrow overthrew overthrown | bind bound bound | shut shut shut | quit quit quit
    """.strip()
    .replace("\n", "|")
    .split("|")
):
    _base, _past, _part = _line.split()
    IRREGULAR[_part] = (_base, "part" if _part != _past else "ed")
    if _past not in IRREGULAR:
        IRREGULAR[_past] = (_base, "past" if _part != _past else "ed")
for _base in "cut put set let read spread split quit shut".split():
    IRREGULAR[_base] = (_base, "base")
for _same in "come run become".split():
    IRREGULAR[_same] = (_same, "base")
SAME_PAST = frozenset("cut put set let spread split quit shut".split())
SAME = SAME_PAST | frozenset("come run become".split())
# What several do with each other, with no object: the two work together.
TOGETHER = frozenset("work cooperate collaborate meet join share ally unite agree talk".split())
IRREGULAR["found"] = ("find", "ed")
IRREGULAR["founded"] = ("found", "ed")
del IRREGULAR["been"], IRREGULAR["was"]

VERBS = frozenset(
    """
    abandon accept access accuse achieve acknowledge acquire act adapt add address adjust admit adopt affect agree aim
    allege allow analyse announce answer appeal appear apply appoint approve argue arrange arrest ask assert assess
    assist assume attach attempt attend authorise avoid ban base become begin believe belong block breach break bring
    build buy call cancel capture carry cause cease certify change charge check choose cite claim clarify close
    collaborate combine come commence comment commission commit compare compel complain complete comply concede
    concern conclude condemn confirm connect consider consist constitute contact contend continue contribute control
    convene convict cooperate cost count create cut deal debate decide declare decline defend define delay delete
    deliver demand deny depend describe design detain detect determine develop direct disclose discontinue discuss
    dismiss display distribute draft draw drop earn elect eliminate employ enable encourage end endorse enforce
    ensure enter erase escape establish estimate evaluate examine exchange exclude exercise exist expand expect
    explain expose express extend face facilitate fail fall fear feed feel file find finish fit follow forbid force
    form forward found gather get give go govern grant grow guarantee guide halt hand handle happen harm hear help
    hire hold hope host identify ignore impose improve include increase indicate infer inform infringe inquire insist
    inspect install intend interpret intervene introduce invite involve issue join judge justify keep know lack
    launch lay lead learn leave lend let limit link list look lose maintain make manage mean measure meet mention
    monitor move name need negotiate note notify object oblige observe obtain occur offer open operate oppose order
    organise overrule own participate pass pay perform permit photograph pilot place plan pledge plead point post
    predict prepare present preserve press prevent proceed process produce prohibit promise prompt propose prosecute
    protect protest prove provide publicise publish purchase pursue push put question quote raise rank reach react
    read recall receive recognise recommend record recruit reduce refer refrain refuse regard register regret reject
    release rely remain remind remove renew replace reply report represent request require rescind research resign
    resolve respect respond rest restrict result retain retire return reveal review revise revoke rise rule run
    sanction save say scan schedule scrap search secure see seek seem select sell send separate serve set settle
    share show sign sit solicit sound speak spend sponsor spread stand start state stay step stop store stress strike
    study submit suffer suggest summon supply support suppose surrender survey suspect suspend take talk target teach
    tell terminate test think threaten track transfer transmit treat trust try turn understand undertake update
    upgrade uphold urge use verify violate visit voice vote vow wait want warn watch welcome wish withdraw withhold
    witness work worry write aim scheme hurry hesitate strive struggle wonder doubt dispute refute rebut repeat
    """.split()
)

# What follows them is a clause of its own: they say, think, show.
SAY = frozenset(
    """
    say state claim argue report announce reveal allege assert believe think suspect fear warn note add admit confirm
    deny explain show suggest indicate insist complain contend find hold learn know infer conclude declare disclose
    maintain stress write acknowledge emphasize estimate assume suppose hope expect demand propose recommend decide
    rule answer reply respond point claim tell inform understand hear see feel predict agree concede observe mention
    """.split()
)
PREP_TO = frozenset("contrary according thanks owing prior pursuant close next relating".split())
# What may be told by a clause with that: allegations that it films.
TOLD = frozenset(
    "allegation claim report suggestion accusation rumor rumour charge suspicion assertion complaint".split()
)
NEVER = frozenset(
    "at no time|at no point|at no stage|in no way|in no case|under no circumstances|on no occasion|by no means".split(
        "|"
    )
)
AROUND = frozenset("after before following despite amid since until".split())
SPOKEN = frozenset("it they he she".split())
SELVES = frozenset("itself themselves himself herself".split())
CALLED = frozenset("called named dubbed known".split())
WITH_OF = frozenset("approve dispose consist speak warn complain think accuse inform notify remind hear tell".split())

# Verbs whose object does what the infinitive says: they asked the shop to stop.
OBJECT_CONTROL = frozenset(
    """
    ask urge require request demand allow permit oblige order instruct tell want expect encourage enable cause force
    compel invite authorize commission advise direct help let get press call petition appeal hire contract empower
    entitle recommend warn forbid assign appoint charge summon prompt lead entrust
    """.split()
)
# … or what for/from + -ing says: criticised the shop for filming, prohibits the shop from filming.
OBJECT_GERUND = frozenset(
    """
    criticize blame condemn fault accuse suspect sue prohibit ban prevent stop bar block keep praise fine punish
    sanction charge rebuke reprimand denounce attack thank convict discourage restrain
    """.split()
)
# Nouns whose owner does what the infinitive says: the Agency's plan to introduce.
NOUN_CONTROL = frozenset(
    """
    plan proposal decision intention intent attempt effort refusal failure agreement move bid promise pledge right
    duty power authority commitment scheme offer permission obligation willingness readiness desire wish aim drive
    readiness preparation step responsibility competence mandate push
    """.split()
)
# Verbs whose subject owns such a noun or act: made, announced, dropped a plan to introduce; began the introduction.
SUPPORT = frozenset(
    """
    begin start launch commence complete finish continue suspend stop end halt discontinue resume plan consider
    announce decide carry conduct make give undertake have drop abandon approve cancel pursue propose adopt reveal
    confirm schedule shelve postpone delay expand extend perform prepare deny admit promise pledge terminate
    """.split()
)

# Parts of a system: what they do, the system does.
PARTS = frozenset("camera lens sensor software scanner reader terminal microphone algorithm".split())

# Nouns before “of” that let what follows stand for the whole: all of the stores, one of the members.
THROUGH = frozenset("all one some each both many most several part parts number group series whole rest any none "
                    "majority copy copies version two three four five".split())  # fmt: skip
# What may join such a noun to what it is of: a ban on X, an end to X.
VIA = frozenset("of on to in for against with over about".split())
# Asked for in a clause of its own, whose verb has its base form: demand that the city publish.
ASKED = frozenset(
    "demand request require propose recommend insist urge ask suggest order stipulate advise move".split()
)
# People who speak for a body.
SPEAKERS = frozenset("official spokesman representative lawyer member head president chair leader delegate "
                     "director executive officer speaker".split())  # fmt: skip

# What a noun says of the class of what it names; also the nouns that may follow a name without changing who is meant.
CLASS_NOUNS: dict[str, str] = {}
for _cls, _nouns in {
    "System": "system camera network database software technology platform terminal device scheme card tool "
    "register archive watchlist drone "
    "registry app application service solution product program infrastructure gate reader scanner",
    "Organization": "start-up startup charity ngo nonprofit non-profit subsidiary consortium "
    "company group organization association agency ministry department bureau commission committee "
    "police force council firm corporation office board union federation society government city prefecture bank "
    "regulator authority retailer vendor manufacturer maker supplier operator bookseller chain newspaper broadcaster "
    "administration cabinet foundation institute university court body alliance coalition daily",
    "Facility": "store shop station branch building mall center airport stadium hall terminal",
    "Document": "book report newsletter article paper magazine pamphlet leaflet bulletin journal minutes release "
    "document survey study",
    "Instrument": "law act bill guideline ordinance notice notification agreement memorandum judgment ruling opinion "
    "statement resolution proposal contract decree regulation directive rule policy treaty convention constitution "
    "draft petition letter code",
    "Project": "project trial pilot experiment initiative program programme",
    "Event": "meeting conference symposium hearing rally seminar lecture event session gathering workshop forum",
    "Campaign": "campaign movement drive",
    "LegalChallenge": "lawsuit suit complaint case action litigation appeal",
    "AffectedPeople": "customer visitor applicant resident citizen passenger passer-by shopper user employee worker "
    "student child shoplifter suspect offender traveller traveler spectator pedestrian guard holder",
    "DataCategory": "data image footage information record photo photograph picture template feature video fingerprint "
    "recording transcript clip snapshot",
    "Sign": "sign notice poster sticker signboard",
    "Place": "area district space street town village site location country region",
}.items():
    for _noun in _nouns.split():
        CLASS_NOUNS.setdefault(_noun, _cls)

FORMER = frozenset("former ex-chair ex-president ex-director ex onetime then retired previous erstwhile past".split())

# Verbs whose forms are nouns as well: only they need the neighbouring words to tell.
ALSO_NOUNS = frozenset(
    """
    access act address advance affect aim amount answer appeal approach arrest attack attempt award ban base benefit
    bid block book boycott break broadcast call campaign capture cause certificate challenge change charge check claim
    comment complaint concern conduct contact contract control cost count cover criticism cut damage deal debate
    decrease default delay demand design display dispute document draft drive drop effect end escape estimate exchange
    exercise exhibit exit experience experiment export express face fail fear feed field fight file film find fine
    finish fit focus force form function fund gain gather grant guard guide halt hand harm hold hope host house
    identify impact increase influence interest interview issue judge keep label lack launch lead leave lend limit
    link list live look loss make map mark market match matter measure mention monitor move name need note notice
    object offer open operation order own pass pay permit phone photograph pilot place plan play pledge point police
    post power practice praise present press process produce profile profit program progress project promise prompt
    protest purchase push question quote raise range rank rate reach read record recruit refuse register regret
    release remark rent repair reply report request research resort respect rest result retail return review reward
    rise risk rule run sale scan schedule scheme score scrap screen search seat secret seek sell sentence serve set
    shape share ship shop show sign sound source sponsor spread staff stand start state stay step stock stop store
    stress strike struggle study subject suit supply support survey surveillance suspect switch talk target tax team
    test tie time touch track trade train transfer transport travel treat trial trust try turn update upgrade use
    view visit voice vote vow wait walk want warrant watch welcome wish wonder work worry alert fight log store match
    """.split()
)

# They take no object, so that their form in -ed is never a passive participle.
INTRANSITIVE = frozenset(
    """
    begin happen occur proceed arise appear exist fall rise go come resign participate collaborate cooperate consist
    belong depend rely object respond reply react appeal apply work look comply contribute testify protest agree
    disagree speak lie sit stand stay remain expire commence
    """.split()
)
TWO_OBJECTS = frozenset("give send grant offer show tell lend hand pay sell teach award owe deny issue supply "
                        "provide".split())  # fmt: skip
PERSONS = frozenset("person man woman journalist professor lawyer author writer researcher scholar politician mayor "
                    "governor minister plaintiff activist critic resident citizen customer".split())  # fmt: skip
