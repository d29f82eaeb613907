/** Addresses of the product's screens; one place, so that features can link to each other without importing each other. */
import { checkPhone, telLink } from '#lib/domain/phone.ts';

export const links = {
	dashboard: '/',
	cases: '/cases',
	newCase: '/cases/new',
	case: (caseId: string, tab?: string) => `/cases/${caseId}${tab ? `?tab=${tab}` : ''}`,
	editCase: (caseId: string) => `/cases/${caseId}/edit`,
	caseLimits: (caseId: string) => `/cases/${caseId}/limits`,
	doorSheet: (caseId: string) => `/cases/${caseId}/door`,
	wounds: (caseId: string) => `/cases/${caseId}/wounds`,
	/** A wound is named by any of its pictures: its own name stands in no address. */
	wound: (caseId: string, pictureId: string) => `/cases/${caseId}/wounds/${pictureId}`,
	handovers: (caseId: string) => `/cases/${caseId}/handovers`,
	newHandover: (caseId: string) => `/cases/${caseId}/handovers/new`,
	correctHandover: (caseId: string, noteId: string) =>
		`/cases/${caseId}/handovers/new?corrects=${noteId}`,
	homePressure: (caseId: string) => `/cases/${caseId}/pressure`,
	schedule: '/schedule',
	scheduleOf: (caseId: string) => `/schedule?case=${caseId}`,
	leave: '/schedule/leave',
	travel: '/schedule/travel',
	cover: '/schedule/cover',
	/** With who could make that visit open. */
	coverVisit: (visitId: string) => `/schedule/cover?visit=${visitId}`,
	board: '/schedule/board',
	officeCalendar: '/settings/calendar',
	myCalendar: '/settings/my-calendar',
	duty: '/settings/duty',
	ladders: '/settings/ladders',
	taskRules: '/settings/task-rules',
	taskTemplates: '/settings/task-templates',
	laddersOf: (caseId: string) => `/settings/ladders?case=${caseId}`,
	copyWeek: '/schedule/copy',
	series: '/schedule/series',
	visit: (visitId: string) => `/visits/${visitId}`,
	/** The visit with that question open. */
	askOfVisit: (visitId: string, ask: 'change' | 'miss' | 'times') =>
		`/visits/${visitId}?ask=${ask}`,
	reviews: '/reviews',
	tasks: '/tasks',
	task: (taskId: string) => `/tasks/${taskId}`,
	/** Tasks that come again. */
	taskSeries: '/tasks/series',
	seriesOfTasks: (seriesId: string) => `/tasks/series/${seriesId}`,
	newTask: (caseId: string) => `/tasks/new?case=${caseId}`,
	emergencies: '/emergencies',
	emergency: (emergencyId: string) => `/emergencies/${emergencyId}`,
	report: (caseId?: string) => (caseId ? `/emergencies/new?case=${caseId}` : '/emergencies/new'),
	/** A report that a red value leads to: what happened, who, how severe, and which measurement says so. */
	reportValue: (report: {
		readonly case: string;
		readonly type: string;
		readonly measurement: string;
		readonly sign?: string;
	}) => `/emergencies/new?${new URLSearchParams({ ...report, severity: 'red' }).toString()}`,
	messages: '/messages',
	taskOfQuestion: (caseId: string, questionId: string) =>
		`/tasks/new?case=${caseId}&question=${questionId}`,
	questions: '/questions',
	question: (questionId: string) => `/questions/${questionId}`,
	/** To ask about a person, and perhaps about a record of theirs. */
	ask: (caseId: string, about?: { readonly table: string; readonly id: string }) =>
		`/questions/new?${new URLSearchParams({ case: caseId, ...(about ? { about: `${about.table}:${about.id}` } : {}) }).toString()}`,
	announcements: '/messages?tab=announcements',
	thread: (caseId: string, thread: 'circle' | 'staff' = 'circle') =>
		`/messages/${caseId}?thread=${thread}`,
	/** The thread, at this message. */
	message: (caseId: string, thread: 'circle' | 'staff', id: string) =>
		`/messages/${caseId}?thread=${thread}&at=${id}`,
	handOver: (caseId: string) => `/cases/${caseId}/hand-over`,
	sync: '/settings/sync',
	refusedWork: '/settings/refused',
	invitations: (caseId: string) => `/settings/invitations?case=${caseId}`
} as const;

/** `tel:` of a number; one that is not recognised is dialled as its digits. */
export function telHref(phone: string): string {
	return telLink(phone) ?? `tel:${phone.replace(/(?!^\+)\D/g, '')}`;
}

/**
 * `sms:` with its text (RFC 5724); `?&` is read by Android and by iOS, which wants an ampersand there. Null for what takes no texts: a
 * landline, a short number.
 */
export function smsHref(phone: string, body: string): string | null {
	const checked = checkPhone(phone);
	if (!checked.ok || checked.kind !== 'mobile') return null;
	return `sms:${checked.number}?&body=${encodeURIComponent(body)}`;
}

/** Android hands `geo:` to any map app, also without signal; elsewhere the web address opens the map app that is there. */
export function mapHref(address: string, userAgent: string): string {
	const query = encodeURIComponent(address);
	return /Android/i.test(userAgent)
		? `geo:0,0?q=${query}`
		: `https://www.google.com/maps/search/?api=1&query=${query}`;
}
