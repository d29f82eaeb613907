/** Where a draft was begun: its key says which form, and of what. Each form that keeps drafts stands here, so that the dashboard can lead back to it. */
import type { RowRef } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import { links } from './links.ts';

export interface DraftPlace {
	/** Name of the form. */
	readonly what: string;
	readonly href: string;
	/** What it is about; null for something new. */
	readonly about: RowRef | null;
}

/** The forms of the lists on a person's care page. */
const LISTS: Readonly<Record<string, () => string>> = {
	'case-medication': m.care_draft_case_medication,
	'case-device': m.care_draft_case_device,
	'case-plan-code': m.care_draft_case_plan_code
};

/** Keys are `<form>` or `<form>:<id>` and what else the form needs. Null for a draft that has no place of its own, such as a half-typed message. */
export function draftPlace(key: string): DraftPlace | null {
	const [form = '', id = '', part] = key.split(':');
	if (form === 'case-new')
		return { what: m.care_draft_case_new(), href: links.newCase, about: null };
	if (form === 'emergency-report') {
		return { what: m.care_draft_emergency(), href: links.report(), about: null };
	}
	if (form === 'absence') return { what: m.care_draft_absence(), href: links.leave, about: null };
	if (form === 'duty-shift') return { what: m.care_draft_duty(), href: links.duty, about: null };
	if (form === 'task-rule')
		return { what: m.care_draft_task_rule(), href: links.taskRules, about: null };
	if (form === 'task-template')
		return { what: m.care_draft_task_template(), href: links.taskTemplates, about: null };
	if (form === 'travel-note')
		return { what: m.care_draft_travel(), href: links.travel, about: null };
	if (id === '') return null;
	if (form === 'question-ask')
		return { what: m.care_draft_question(), href: links.ask(id), about: { table: 'cases', id } };
	if (form === 'visit-change' || form === 'visit-times') {
		const [ask, what] =
			form === 'visit-times'
				? (['times', m.care_draft_visit_times] as const)
				: (['change', m.care_draft_visit_change] as const);
		return { what: what(), href: links.askOfVisit(id, ask), about: { table: 'visits', id } };
	}
	if (form === 'visit-record') {
		const visit: RowRef = { table: 'visits', id };
		return { what: m.care_draft_visit_record(), href: links.visit(id), about: visit };
	}
	const about: RowRef = { table: 'cases', id };
	if (form === 'case-edit') {
		return { what: m.care_draft_case_edit(), href: links.editCase(id), about };
	}
	if (form === 'case-limits') {
		return { what: m.care_draft_case_limits(), href: links.caseLimits(id), about };
	}
	const ofList = Object.hasOwn(LISTS, form) ? LISTS[form] : undefined;
	if (ofList) return { what: ofList(), href: links.case(id, 'care'), about };
	if (form === 'handover') {
		const href = part ? links.correctHandover(id, part) : links.newHandover(id);
		return { what: m.care_draft_handover(), href, about };
	}
	if (form === 'task-new') {
		const href = part ? links.taskOfQuestion(id, part) : links.newTask(id);
		return { what: m.care_draft_task(), href, about };
	}
	if (form === 'home-pressure') {
		return { what: m.care_draft_home_pressure(), href: links.homePressure(id), about };
	}
	return null;
}
