//! The classes of words that the rules ask for, from `data/words`.

pub(crate) mod factuality {
    readout_lexicon::word_classes! { "data/words/factuality.tsv" =>
        /// Verbs, adjectives and nouns whose complement is wanted of somebody.
        pub(crate) static DEMANDED = "demanded";
        /// Verbs, adjectives and nouns whose complement is still to come.
        pub(crate) static PLANNED = "planned";
        /// Verbs, adjectives and nouns whose complement did not come about.
        pub(crate) static DENIED = "denied";
        /// Verbs, adjectives and nouns whose complement is open.
        pub(crate) static POSSIBLE = "possible";
        /// Adjectives that leave open whether the act of their noun takes place.
        pub(crate) static POSSIBLE_NOUN = "possible-noun";
        /// Adjectives that say that the act of their noun is still to come.
        pub(crate) static PLANNED_NOUN = "planned-noun";
        /// Verbs that are no denial with an object that is denied.
        pub(crate) static PROMISING = "promising";
        /// Verbs whose `from` has what did not come about.
        pub(crate) static HINDERING = "hindering";
        /// Verbs that ask with an infinitive and only report with a finite clause.
        pub(crate) static TELLING_OR_ASKING = "telling-or-asking";
        /// Verbs that put nothing of their own to what they report.
        pub(crate) static REPORTING = "reporting";
        /// Verbs whose complement was planned and will not be.
        pub(crate) static CANCELLED = "cancelled";
        /// Verbs and adjectives whose finite clause is taken for granted.
        pub(crate) static FACTIVE = "factive";
        /// Verbs whose denial denies the act of their subject or object.
        pub(crate) static BRINGING_ABOUT = "bringing-about";
        /// Nouns of what was said, which stays said when it is denied.
        pub(crate) static SAID = "said";
        /// Adverbs of somebody who is not sure.
        pub(crate) static DOUBTING = "doubting";
        /// Nouns that, without any of them, leave nothing of the act: `no evidence that they left`.
        pub(crate) static SIGN = "sign";
        /// Verbs of liking or disliking the idea of an act: `opposes leaving`.
        pub(crate) static ATTITUDE = "attitude";
        /// Verbs and adjectives whose `in` has the act that they speak of: `were involved in arresting`.
        pub(crate) static INVOLVED = "involved";
        /// Nouns and adjectives before an act that has not come about yet: `close to leaving`, `on the brink of leaving`.
        pub(crate) static NEAR = "near";
        /// Verbs whose infinitive was not done, or not yet.
        pub(crate) static NOT_YET = "not-yet";
        /// Verbs of what is done by means of something: `used the law to jail them`.
        pub(crate) static MEANS = "means";
        /// Verbs whose infinitive their object did: `prompted them to sign it`.
        pub(crate) static MAKING = "making";
        /// Verbs of setting out, whose purpose of saying or showing something is carried out with them.
        pub(crate) static SETTING_OUT = "setting-out";
        /// Verbs that, as a purpose, are carried out with the deed above them: `went on television to condemn it`.
        pub(crate) static PERFORMED = "performed";
        /// Verbs whose purpose still lies ahead, be it words alone: `trained to condemn the raid`.
        pub(crate) static PREPARING = "preparing";
        /// Verbs that, as a purpose, are themselves the deed above them: `set up a camp to protest`.
        pub(crate) static SHOWN = "shown";
        /// Nouns of what somebody supposes: `a theory that they left`.
        pub(crate) static IDEA = "idea";
        /// Words behind whose preposition a deed is only thought of: `an openness to air strikes`.
        pub(crate) static THINKING_OF = "thinking-of";
        /// Adjectives before the noun of a deed that was done.
        pub(crate) static PAST = "past";
        /// Nouns of what is held on a day fixed before, and so is spoken of as known before it takes place.
        pub(crate) static SCHEDULED = "scheduled";
        /// Words of judgement and of its consequences, whose `for` has what was done: `punished for using gas`.
        pub(crate) static CALLING_TO_ACCOUNT = "calling-to-account";
        /// Verbs whose subject is to do what their object names: `is preparing for air strikes`.
        pub(crate) static PLANNING = "planning";
        /// Nouns whose `on` has what is not decided: `a vote on bombing the town`.
        pub(crate) static DELIBERATION = "deliberation";
        /// Words that answer what was done: `in response to its test`.
        pub(crate) static ANSWERING = "answering";
        /// Verbs whose `for` has what somebody wants: `advocated for the release`.
        pub(crate) static SEEKING = "seeking";
        /// Words behind whose preposition stands what somebody is still to do: `proceed with the raid`.
        pub(crate) static PURSUING = "pursuing";
    }
}

pub(crate) mod speech {
    readout_lexicon::word_classes! { "data/words/speech.tsv" =>
        /// Verbs by which an act gets support or blame from somebody: `drew support from`.
        pub(crate) static DRAWING = "drawing";
        /// Verbs whose subject is `in favor of` something.
        pub(crate) static TAKING_SIDES = "taking-sides";
        /// Words of siding with a party: `stands with`.
        pub(crate) static SIDING = "siding";
        /// Verbs of denying what stands below them.
        pub(crate) static DENYING = "denying";
        /// Verbs of speaking whose refusal is silence.
        pub(crate) static UNSPOKEN = "unspoken";
        /// Verbs whose passive tells how a source is spoken of: `asked not to be named`.
        pub(crate) static NAMING = "naming";
        /// Verbs of telling and guessing by whose `will not` one only keeps something back.
        pub(crate) static KEPT_BACK = "kept-back";
        /// Words of guilt, by which a speaker accuses: `is responsible`, `is to blame`.
        pub(crate) static GUILTY = "guilty";
        /// Verbs of saying that report and do nothing else.
        pub(crate) static SPEECH = "reporting";
        /// Verbs that only set the scene of what is said: `speaking on Monday`.
        pub(crate) static SCENE_OF_TIME = "scene-of-time";
        /// Verbs that only set the scene of what is said: `speaking at`, `asked at`, `appearing with`.
        pub(crate) static SCENE = "scene";
        /// Verbs that go on with what was said before.
        pub(crate) static GOING_ON = "going-on";
        /// Verbs whose subject has the stance that their object names: `France voiced support for`.
        pub(crate) static VOICING = "voicing";
        /// Nouns for nobody in particular, and for texts, which hold no stance of their own.
        pub(crate) static NO_HOLDER = "no-holder";
        /// Verbs that call something by a name: `called the deal a mistake`.
        pub(crate) static CALLING = "calling";
        /// Verbs that in a clause with `as` only say whose word it is.
        pub(crate) static ASIDE = "aside";
        /// Verbs by which a novel or film tells what happens in it.
        pub(crate) static TELLING_A_STORY = "telling-a-story";
        /// Verbs whose bare participle tells that somebody was questioned: `Asked to explain it, she …`.
        pub(crate) static QUESTIONED = "questioned";
        /// Verbs whose `if` is a question.
        pub(crate) static ASKING = "asking";
        /// Verbs whose denial by `will not` is no refusal.
        pub(crate) static STATE_OF_THINGS = "state-of-things";
        /// Verbs of what somebody hopes, fears or believes of others.
        pub(crate) static HOPING = "hoping";
    }
}

pub(crate) mod meetings {
    readout_lexicon::word_classes! { "data/words/meetings.tsv" =>
        /// Nouns and names that end the name of a meeting of many.
        pub(crate) static GATHERING = "gathering";
        /// Nouns whose `of` leads to a gathering: `on the sidelines of`.
        pub(crate) static PLACE_OF_GATHERING = "place-of-gathering";
        /// Gatherings that stand for themselves when they have a name.
        pub(crate) static OCCASION = "occasion";
        /// Nouns that lead on to the occasion: `on the sidelines of`, `in an interview during`.
        pub(crate) static LEADING_TO_OCCASION = "leading-to-occasion";
        /// Nouns for meetings of the speaker with those spoken to.
        pub(crate) static CONVERSATION = "conversation";
        /// Nouns for talks of the speaker with those spoken to.
        pub(crate) static TALKS = "talks";
        /// Nouns for a call of the speaker with those spoken to.
        pub(crate) static CALL = "call";
        /// Nouns that later sentences use for a meeting told before.
        pub(crate) static AGAIN = "again";
        /// Words that tell one meeting of the same people from another.
        pub(crate) static ROUND = "round";
        /// Verbs whose object is a topic of the meeting.
        pub(crate) static DISCUSSING = "discussing";
        /// Verbs whose `about` and `on` have the topic of the meeting.
        pub(crate) static CONFERRING = "conferring";
        /// Nouns that after `on` and `over` are no topic of a meeting.
        pub(crate) static NO_TOPIC = "no-topic";
        /// Nouns that show by their place beside a verb that people met.
        pub(crate) static LASTING = "lasting";
        /// Verbs whose subject is at the meeting that is their object: `addressed a meeting of the council`.
        pub(crate) static ATTENDING = "attending";
        /// Verbs that tell of a meeting that it goes on after a stop: `talks resumed`.
        pub(crate) static RESUMING = "resuming";
        /// Nouns for those to whom everybody speaks.
        pub(crate) static PUBLIC = "public";
    }
}

pub(crate) mod violence {
    readout_lexicon::word_classes! { "data/words/violence.tsv" =>
        /// Disasters: incidents without a PLOVER type.
        pub(crate) static DISASTER = "disaster";
        /// Verbs that say of a disaster that it took place.
        pub(crate) static STRIKING = "striking";
        /// Nouns that later sentences use for an incident told before.
        pub(crate) static AGAIN = "again";
        /// Nouns for what violence is done with.
        pub(crate) static MEANS = "means";
        /// Verbs that count the dead.
        pub(crate) static KILLING = "killing";
        /// Words for a deed of which somebody died, nouns and verbs.
        pub(crate) static DEATH = "death";
        /// Words for violence that goes on for long and is no one attack.
        pub(crate) static WAR = "war";
        /// Verbs that count the hurt.
        pub(crate) static INJURING = "injuring";
        /// Verbs for a deed whose denial is one of the incident.
        pub(crate) static DEED = "deed";
        /// Words for strikes from the air and from afar.
        pub(crate) static FROM_THE_AIR = "from-the-air";
        /// Nouns by which a report speaks of such strikes as a whole.
        pub(crate) static OPERATION = "operation";
        /// Nouns whose `with` names no opponent: `with the help of Chad`.
        pub(crate) static NO_OPPONENT = "no-opponent";
        /// Verbs whose `in` has the disaster: `killed in an earthquake`.
        pub(crate) static TOLL = "toll";
        /// Verbs of taking responsibility upon oneself.
        pub(crate) static CLAIMING = "claiming";
        /// Nouns for responsibility, which is denied.
        pub(crate) static RESPONSIBILITY = "responsibility";
        /// Words for those who kill themselves by the deed.
        pub(crate) static SUICIDE = "suicide";
        /// Words for drones.
        pub(crate) static DRONE = "drone";
        /// Words for poison, gas, germs and rays.
        pub(crate) static POISON = "poison";
        /// Words for aircraft and what they do.
        pub(crate) static AIRCRAFT = "aircraft";
        /// Words for bombs on the ground.
        pub(crate) static EXPLOSIVE = "explosive";
        /// Words for guns and rockets of an army.
        pub(crate) static ARTILLERY = "artillery";
        /// Words for guns in a hand, and those who have them.
        pub(crate) static FIREARM = "firearm";
        /// Words for blades, clubs and fire.
        pub(crate) static BLADE = "blade";
        /// Verbs of holding somebody responsible.
        pub(crate) static BLAMING = "blaming";
        /// Verbs of saying, without proof, that others did wrong.
        pub(crate) static ACCUSING = "accusing";
        /// Nouns for what is said of others without proof.
        pub(crate) static ALLEGATION = "allegation";
        /// Words for what is not so.
        pub(crate) static UNTRUE = "untrue";
    }
}

pub(crate) mod agreements {
    readout_lexicon::word_classes! { "data/words/agreements.tsv" =>
        /// Verbs and adjectives whose object or clause is feared or kept off.
        pub(crate) static FEARING = "fearing";
        /// Nouns by which a report names an agreement.
        pub(crate) static INSTRUMENT = "instrument";
        /// Verbs of taking part in an instrument.
        pub(crate) static JOINING = "joining";
        /// Verbs of talking, which are agreed on without an instrument.
        pub(crate) static TO_TALK = "to-talk";
        /// Verbs that with `talks` as their object are no more than to talk.
        pub(crate) static TAKING_UP = "taking-up";
        /// Nouns for talking, which is agreed on without an instrument.
        pub(crate) static TALKS = "talks";
        /// Verbs by which an instrument or its terms oblige somebody.
        pub(crate) static PROVIDING = "providing";
        /// Nouns for the terms of an instrument.
        pub(crate) static TERM = "term";
        /// Determiners of an instrument that is none in particular.
        pub(crate) static ANY = "any";
        /// Nouns for those who agree with one another.
        pub(crate) static SIDE = "side";
        /// Words that have instruments as topics.
        pub(crate) static TOPIC = "topic";
        /// Words by which somebody tries to bring something about.
        pub(crate) static ATTEMPTING = "attempting";
        /// Words by which something does not come about.
        pub(crate) static FAILING = "failing";
        /// Words of a charge against somebody.
        pub(crate) static CHARGING = "charging";
        /// Verbs whose infinitive or gerund is done.
        pub(crate) static IMPLICATIVE = "implicative";
        /// Nouns that after `on` and `for` make set phrases.
        pub(crate) static NO_TOPIC = "no-topic";
        /// Verbs of bringing others to an agreement.
        pub(crate) static BROKERING = "brokering";
        /// Nouns for people who act for those whom the words behind them name.
        pub(crate) static SENT = "sent";
        /// Verbs whose subject only speaks of the making or breaking that is their object.
        pub(crate) static HEARING_OF = "hearing-of";
        /// Nouns of what somebody only says, beside charges.
        pub(crate) static CLAIM = "claim";
        /// Verbs whose object, a claim, is said not to be so.
        pub(crate) static DENYING = "denying";
        /// Words that make a convention a gathering and a framework a set of rules.
        pub(crate) static OF_MEMBERS = "of-members";
    }
}

pub(crate) mod conditions {
    readout_lexicon::word_classes! { "data/words/conditions.tsv" =>
        /// Nouns by which a person who speaks for a state names it: `her government`.
        pub(crate) static COUNTRY = "country";
        /// Words for another thing of a kind than the one told before: `the next vote`.
        pub(crate) static ANOTHER = "another";
        /// Nouns that do not tell by whose they are what they are on: `the army's actions`.
        pub(crate) static THIN = "thin";
        /// Verbs whose denial leaves what they are against open.
        pub(crate) static LEAVING_OPEN = "leaving-open";
        /// Nouns whose name takes in what they lay down: `a resolution authorizing strikes`.
        pub(crate) static LAID_DOWN = "laid-down";
        /// Nouns whose name takes in what they are from: `relief from sanctions`.
        pub(crate) static AWAY = "away";
        /// Verbs and adjectives whose `if` is `whether`.
        pub(crate) static WHETHER = "whether";
        /// Pronouns for anybody or anything at all.
        pub(crate) static ANYBODY = "anybody";
        /// Words that say of a premise only that it is so.
        pub(crate) static TRUTH = "truth";
        /// Verbs that ask for something as the price of something else.
        pub(crate) static DEMANDING = "demanding";
        /// Verbs that offer something at a price.
        pub(crate) static OFFERING = "offering";
        /// Verbs by which somebody has others act first.
        pub(crate) static URGING = "urging";
        /// Nouns for what sides can ask of each other, beside those that name an act.
        pub(crate) static REQUISITE = "requisite";
        /// Nouns for what one side pays another with.
        pub(crate) static PRICE = "price";
        /// Words of harm in what follows, where no act of the lexicon says it.
        pub(crate) static HARM = "harm";
        /// Words of good in what follows, where no act of the lexicon says it.
        pub(crate) static GOOD = "good";
        /// Verbs by which something is no more: what they do to something bad is good.
        pub(crate) static STOPPING = "stopping";
        /// Verbs whose subject comes about of itself: `sanctions will return`.
        pub(crate) static COMING = "coming";
        /// Verbs of getting to know, whose clause tells who acts.
        pub(crate) static PERCEIVING = "perceiving";
        /// Nouns that, where there are such things, name nothing that happens.
        pub(crate) static IDLE = "idle";
        /// Verbs and nouns by which somebody threatens.
        pub(crate) static THREATENING = "threatening";
        /// Verbs that threaten where they are of something bad.
        pub(crate) static WARNING = "warning";
        /// Verbs by which somebody promises.
        pub(crate) static PROMISING = "promising";
        /// Verbs and nouns through which a clause is the word of their subject.
        pub(crate) static VOICING = "voicing";
        /// Verbs above an infinitive that are no act of their own.
        pub(crate) static LIGHT = "light";
        /// Verbs with which an obligation that is not met ends badly.
        pub(crate) static FACING = "facing";
        /// Verbs for what goes on as it is.
        pub(crate) static LASTING = "lasting";
        /// Nouns for the state of what goes on: `in place`, `on hold`.
        pub(crate) static IN_FORCE = "in-force";
        /// Nouns that name what must come first: `a precondition for talks`.
        pub(crate) static PRECONDITION = "precondition";
        /// Verbs by which something is made a condition.
        pub(crate) static LAYING_DOWN = "laying-down";
        /// Verbs that in the passive say what follows an act: `will be met with force`.
        pub(crate) static ANSWERING = "answering";
        /// Nouns for changes of a term, for which somebody's consent is needed.
        pub(crate) static DELAY = "delay";
        /// Nouns for what somebody gives so that an act may take place.
        pub(crate) static CONSENT = "consent";
        /// Nouns for acts that have their day, so that to wait for them sets no condition.
        pub(crate) static ON_A_DAY = "on-a-day";
        /// Verbs above a clause with `if` that ask, or leave open whether it is so.
        pub(crate) static ASKING = "asking";
        /// Words of a premise that says how long, not on what condition: `held on as long as he could`.
        pub(crate) static HOW_LONG = "how-long";
        /// Words that are a premise without a subject: `if needed`.
        pub(crate) static SHORT_PREMISE = "short-premise";
        /// Adjectives for who is about to act.
        pub(crate) static AHEAD = "ahead";
        /// Verbs for what somebody thinks of a clause below them: `many fear that`.
        pub(crate) static OPINING = "opining";
        /// Nouns that are no issue, whatever they are of.
        pub(crate) static NO_ISSUE = "no-issue";
        /// Verbs of dealing with a party.
        pub(crate) static DEALING = "dealing";
        /// Verbs of a premise that leaves it to who acts: `if it wants to`.
        pub(crate) static AT_WILL = "at-will";
        /// Nouns for holding power, behind `stay in` and `leave`.
        pub(crate) static IN_OFFICE = "in-office";
        /// Adjectives that are no part of the name of an issue.
        pub(crate) static NO_NAME = "no-name";
        /// Verbs that say too little of what is done to name an issue.
        pub(crate) static NO_ACT = "no-act";
        /// Adjectives that tell enough of what may be proposed to name an issue: `military action`.
        pub(crate) static TELLING = "telling";
        /// Nouns behind a preposition that is no part of the name of an issue: `in the strongest terms`.
        pub(crate) static NO_COMPLEMENT = "no-complement";
        /// Nouns whose infinitive nobody has a mind to: `no choice but to`.
        pub(crate) static UNHELD = "unheld";
        /// Nouns for what is of worth to those who speak: whatever harms it, they are against.
        pub(crate) static AT_STAKE = "at-stake";
        /// Nouns for what is bad in anybody's words: whatever brings it, they are against.
        pub(crate) static ILL = "ill";
        /// Nouns that an adjective of praise or blame stands before.
        pub(crate) static STEP = "step";
    }
}

pub(crate) mod bodies {
    readout_lexicon::word_classes! { "data/words/bodies.tsv" =>
        /// Nouns for those who are against whoever stands before them: `U.S. enemies`.
        pub(crate) static AGAINST = "against";
        /// Words that with a name before them say whose friend, place or time something is: `the Mali-backed rebels`.
        pub(crate) static BOND = "bond";
        /// Verbs of what people do together, and no state.
        pub(crate) static CROWD = "crowd";
        /// Nouns for people of a nation who do not act for it.
        pub(crate) static PRIVATE = "private";
        /// Nouns for bodies that have their name before them.
        pub(crate) static BODY = "body";
        /// Words in the names of bodies of citizens.
        pub(crate) static SOCIETY = "society";
        /// Nouns for bodies that help or watch.
        pub(crate) static CHARITY = "charity";
        /// Words that say of a body that it helps or watches.
        pub(crate) static HELP = "help";
        /// Nouns, as they are written, for bodies that may help or watch.
        pub(crate) static HELPING_BODY = "helping-body";
    }
}

pub(crate) mod counts {
    readout_lexicon::word_classes! { "data/words/counts.tsv" =>
        /// Nouns that only count what their `of` names: `a series of blasts`.
        pub(crate) static MEASURE = "measure";
        /// Words that count the people whom their `of` names.
        pub(crate) static PART = "part";
        /// Nouns for what is not done yet: `made an effort to retake the town`.
        pub(crate) static UNFINISHED = "unfinished";
        /// Words for a number of people without a noun.
        pub(crate) static CROWD = "crowd";
    }
}

pub(crate) mod speakers {
    readout_lexicon::word_classes! { "data/words/speakers.tsv" =>
        /// Nouns for those who publish what others say, as the report has them.
        pub(crate) static MEDIA = "media";
        /// Nouns for texts and recordings, which say what their makers say.
        pub(crate) static TEXT = "text";
        /// Texts and bodies that say something and for whom nobody is named: `the constitution`.
        pub(crate) static VOICE = "voice";
        /// Participles that show who made a document; `obtained by Reuters` does not.
        pub(crate) static MADE = "made";
        /// Endings of nouns for those who do something.
        pub(crate) static DOER_ENDING = "doer-ending";
        /// Nouns with such an ending for what does not speak by itself.
        pub(crate) static NO_DOER = "no-doer";
        /// Words that make a service a body that speaks.
        pub(crate) static SERVICE_KIND = "service-kind";
        /// Texts that are a state's own if its adjective stands before them.
        pub(crate) static OFFICIAL_TEXT = "official-text";
        /// Bodies of the people who work for a person or party: `the Romney camp`.
        pub(crate) static CAMP = "camp";
    }
}

pub(crate) mod stances {
    readout_lexicon::word_classes! { "data/words/stances.tsv" =>
        /// Adverbs of stances that were taken before, on no day that is told.
        pub(crate) static LONG_HELD = "long-held";
        /// Verbs of asking: who does not ask for a thing is not against it.
        pub(crate) static ASKING = "asking";
        /// Nouns for what is said or done on one day, which a date before them dates.
        pub(crate) static OCCASION = "occasion";
        /// Adjectives by which the act of a noun is over.
        pub(crate) static PAST = "past";
        /// Adjectives of those who hold an office no more.
        pub(crate) static FORMER = "former";
        /// Verbs whose complement others may do.
        pub(crate) static LETTING = "letting";
        /// Verbs of stances that last, which the past behind `who` tells as known.
        pub(crate) static LASTING = "lasting";
        /// Words for any thing at all, which name no issue.
        pub(crate) static NO_THING = "no-thing";
        /// Verbs whose subject the thing behind which they stand is from.
        pub(crate) static MADE = "made";
        /// Verbs by which somebody no longer has the stance that is their object.
        pub(crate) static GIVING_UP = "giving-up";
        /// Nouns for what is written: their participle is the word of those who wrote it.
        pub(crate) static WRITTEN = "written";
        /// Verbs of bearing with something: with `cannot`, who speaks is against it.
        pub(crate) static BARRING = "barring";
        /// Adjectives whose infinitive is what is wanted, not what is done.
        pub(crate) static NEEDFUL = "needful";
        /// Verbs of agreeing: an infinitive behind what was agreed on is its purpose.
        pub(crate) static AGREEING = "agreeing";
        /// Words by which a party says what it will have: what stands below them is an issue, whatever it is.
        pub(crate) static RESOLVED = "resolved";
        /// Nouns for acts of violence, which take up one that was told.
        pub(crate) static VIOLENCE = "violence";
        /// Nouns for what is claimed: who denies it is against the claim.
        pub(crate) static CLAIM = "claim";
        /// Nouns for bodies that somebody may want made or sent.
        pub(crate) static TO_BE_MADE = "to-be-made";
    }
}

pub(crate) mod commitments {
    readout_lexicon::word_classes! { "data/words/commitments.tsv" =>
        /// Verbs of what befalls their subject, or what it wishes: nobody undertakes it.
        pub(crate) static SUFFERING = "suffering";
        /// Verbs of giving or giving up, which bind whoever says that he will.
        pub(crate) static GIVING = "giving";
        /// Verbs of promising that have a thing for their object.
        pub(crate) static PLEDGING = "pledging";
        /// Verbs that in the passive say what their subject must do.
        pub(crate) static OBLIGING = "obliging";
        /// Verbs by which somebody takes something upon himself.
        pub(crate) static COMMITTING = "committing";
        /// Nouns for what somebody takes upon himself.
        pub(crate) static PROMISE = "promise";
        /// Verbs whose subject makes the promise that is their object.
        pub(crate) static MAKING = "making";
        /// Verbs whose subjects are bound by the agreement that is their object.
        pub(crate) static CONCLUDING = "concluding";
        /// Nouns for agreements whose infinitive says what the parties are to do.
        pub(crate) static ACCORD = "accord";
        /// Nouns for plans that are put to parties, beside instruments.
        pub(crate) static PLAN = "plan";
        /// Verbs by which an instrument or plan has somebody do something.
        pub(crate) static HAVING_DO = "having-do";
        /// Nouns for a list of what parties are to do.
        pub(crate) static OUTLINE = "outline";
        /// Nouns of acts of those whom their `of` names.
        pub(crate) static OWN_MOVE = "own-move";
        /// Nouns by which a writer says what an act told before is.
        pub(crate) static COMMENT = "comment";
        /// Participles that go on with what is to be done.
        pub(crate) static GOING_ON = "going-on";
    }
}

pub(crate) mod places {
    readout_lexicon::word_classes! { "data/words/places.tsv" =>
        /// Nouns that say what the place behind their `of` is.
        pub(crate) static SETTLEMENT = "settlement";
    }
}
