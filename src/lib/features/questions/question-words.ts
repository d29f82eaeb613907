/** Questions to a profession, in words. */
import { instantWords } from '#lib/care-ui/dates.ts';
import { roleName } from '#lib/care-ui/names.ts';
import { incidentName } from '#lib/care-ui/state-names.ts';
import { vitalText } from '#lib/care-ui/vitals.ts';
import { vitalName } from '#lib/care-ui/names.ts';
import { joinWords } from '#lib/care-ui/join-words.ts';
import { woundName } from '#lib/care-ui/photos/photo-words.ts';
import {
	ANSWER_MINUTES,
	type QuestionFact,
	type QuestionStatus
} from '#lib/domain/question-rows.ts';
import type { QuestionRow } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Tone } from '#lib/ui/tone.ts';

const SPANS: Readonly<Record<(typeof ANSWER_MINUTES)[number], () => string>> = {
	120: m.questions_2h,
	240: m.questions_4h,
	1440: m.questions_1d,
	4320: m.questions_3d
};
const STATUSES: Readonly<Record<QuestionStatus, () => string>> = {
	open: m.questions_status_open,
	answered: m.questions_status_answered,
	unanswered: m.questions_status_unanswered,
	withdrawn: m.questions_status_withdrawn
};

export function spanOptions(): { readonly value: string; readonly label: string }[] {
	return ANSWER_MINUTES.map((minutes) => ({ value: `${minutes}`, label: SPANS[minutes]() }));
}

export function spanWords(minutes: number): string {
	const known = ANSWER_MINUTES.find((each) => each === minutes);
	return known === undefined ? `${minutes}` : SPANS[known]();
}

/** @param now ISO instant */
export function statusOf(
	{ status, answer_due_at }: Pick<QuestionRow, 'status' | 'answer_due_at'>,
	now: string
): { readonly text: string; readonly tone: Tone } {
	if (status === 'open' && answer_due_at !== null && answer_due_at < now)
		return { text: m.questions_overdue(), tone: 'warning' };
	const tones = {
		open: 'info',
		answered: 'success',
		unanswered: 'warning',
		withdrawn: 'none'
	} as const;
	return { text: STATUSES[status](), tone: tones[status] };
}

/** One line of what goes with a question. @param today Taipei day */
export function factWords(fact: QuestionFact, today: string): string {
	const when = instantWords(fact.at, today);
	switch (fact.kind) {
		case 'measurement':
			return joinWords([
				`${vitalName(fact.vital)} ${vitalText({ ...fact, kind: fact.vital })}`,
				when
			]);
		case 'record':
			return joinWords([
				fact.note === null
					? m.questions_fact_record_plain({ who: fact.author_name })
					: m.questions_fact_record({ who: fact.author_name, note: fact.note }),
				when
			]);
		case 'emergency':
			return joinWords([incidentName(fact.incident_type), fact.description, when]);
		case 'handover':
			return joinWords([
				m.questions_fact_handover({ who: fact.author_name, note: fact.text }),
				when
			]);
		case 'wound':
			return joinWords([
				m.photos_kind_wound(),
				woundName(fact.body_site, fact.label),
				fact.caption,
				when
			]);
	}
}

export function askedOf({ asked_role }: Pick<QuestionRow, 'asked_role'>): string {
	return m.questions_asks_role({ role: roleName(asked_role) });
}
