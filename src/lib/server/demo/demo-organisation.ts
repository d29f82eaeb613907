/** The whole demo as rows, table by table in the order in which they refer to each other. Pure: people's ids and the clock come in. */
import { addDays, instantAt, startOfDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { PersonLimits } from '#lib/domain/vital-sign-types.ts';
import { demoAnnouncement, demoAnnouncementMarks } from './demo-announcements.ts';
import { demoDevices, demoMedications } from './demo-care-lists.ts';
import { demoCases } from './demo-cases.ts';
import {
	demoMessages,
	demoReads,
	demoTasks,
	prototypeEmergencies,
	recentEmergencies,
	type Circle
} from './demo-events.ts';
import { paidFor, withRoom } from './demo-days.ts';
import { demoConsents } from './demo-consents.ts';
import { demoHandovers } from './demo-handovers.ts';
import { demoPlanCodes } from './demo-plan-codes.ts';
import { demoSeries, demoTemplates } from './demo-templates.ts';
import { demoSignatures } from './demo-signatures.ts';
import { caseHistory, type Carer } from './demo-history.ts';
import {
	DEMO_FAMILY,
	DEMO_ORGANISATIONS,
	DEMO_STAFF,
	type DemoCase,
	type DemoStaff
} from './demo-people.ts';
import { demoId, written, type DemoRow, type DemoRows } from './demo-rows.ts';
import { fictionalNationalId } from './fictional-id.ts';
import { seededRandom } from './random.ts';

export interface DemoOptions {
	/** Instant; everything is relative to it. */
	readonly now: string;
	/** Ids of the people who can sign in, by key; the others get ids of their own. */
	readonly userIds: ReadonlyMap<string, string>;
	/** 1 is the demo; 10 has ten times the cases and the events (bench). */
	readonly scale?: number;
}

const SEED = 10;
const CASES = 60;
const EMERGENCIES = 40;
const OPEN_EMERGENCIES = 4;
const TASKS = 300;

export function demoOrganisation({ now, userIds, scale = 1 }: DemoOptions): DemoRows {
	const random = seededRandom(SEED);
	const today = taipeiDay(now);
	const people = new Map<string, Carer>(
		[...DEMO_STAFF, DEMO_FAMILY].map(({ key, name }) => [
			key,
			{ id: userIds.get(key) ?? demoId('user', key), name }
		])
	);
	const person = (key: string): Carer => {
		const found = people.get(key);
		if (!found) throw new Error(`the demo has no person ${key}`);
		return found;
	};
	const founded = instantAt(addDays(today, -400), '09:00');
	const supervisor = person('supervisor');
	const cases = withRoom(demoCases(CASES * scale, random)).map((one) => paidFor(one, today));
	const circles = cases.map((one) => circleOf(one, person));
	const circleByKey = new Map(circles.map((circle) => [circle.one.key, circle]));
	const histories = circles.map(({ one, worker, manager }) =>
		caseHistory(one, worker, manager, today, limitsOf(one), random)
	);
	const old = prototypeEmergencies(circleByKey);
	const recent = recentEmergencies(
		circles,
		EMERGENCIES * scale - old.emergencies.length,
		OPEN_EMERGENCIES * scale,
		now,
		random
	);
	const { tasks, comments } = demoTasks(circles, TASKS * scale, now, random);

	return {
		organizations: DEMO_ORGANISATIONS.map((org) => ({
			id: demoId('organization', org.key),
			name: org.name,
			kind: org.kind,
			phone: org.phone,
			duty_phone: org.dutyPhone,
			remote_area: false,
			...written(supervisor.id, founded)
		})),
		profiles: [...DEMO_STAFF, DEMO_FAMILY].map(({ key, name }) => ({
			id: person(key).id,
			display_name: name,
			...written(person(key).id, founded)
		})),
		memberships: DEMO_STAFF.map((staff) => membership(staff, person(staff.key), founded)),
		staff_absences: [demoAbsence(person('worker8').id, supervisor, today)],
		task_templates: demoTemplates(demoId('organization', 'yunling'), supervisor, founded),
		cases: circles.map((circle) => caseRow(circle, today, founded)),
		case_staff_details: circles.map((circle, index) => staffDetails(circle, index, founded)),
		case_contacts: circles.flatMap((circle) => contacts(circle, founded)),
		case_members: circles.flatMap((circle) => members(circle, person, founded)),
		case_medications: demoMedications(circles, today),
		case_devices: demoDevices(circles, today),
		case_plan_codes: demoPlanCodes(circles, today),
		visit_series: histories.map((history) => history.series),
		visits: histories.flatMap((history) => history.visits),
		visit_records: histories.flatMap((history) => history.records),
		measurements: histories.flatMap((history) => history.measurements),
		record_signatures: demoSignatures(
			circles,
			histories.flatMap((history) => history.records),
			now
		),
		handover_notes: demoHandovers(circles, now),
		case_consents: demoConsents(circles, now),
		emergencies: [...old.emergencies, ...recent.emergencies],
		emergency_actions: [...old.actions, ...recent.actions],
		tasks,
		task_comments: comments,
		task_series: circles.slice(0, 1).map((circle) => demoSeries(circle, today)),
		messages: [
			...demoMessages(circles, now, random),
			demoAnnouncement(demoId('organization', 'yunling'), supervisor, today)
		],
		message_reads: demoReads(circles, supervisor, now),
		announcement_marks: demoAnnouncementMarks(
			demoId('organization', 'yunling'),
			[person('manager'), person('worker2')],
			today
		)
	};
}

function circleOf(one: DemoCase, person: (key: string) => Carer): Circle {
	const inRole = (role: string) =>
		person(one.circle.find((member) => member.role === role)?.key ?? 'supervisor');
	return {
		one,
		worker: inRole('worker'),
		nurse: inRole('nurse'),
		manager: inRole('care_manager'),
		family: one.key === 'lin' ? person(DEMO_FAMILY.key) : null
	};
}

/** A person with lung disease is judged by the COPD column; one with high values by nature gets wider limits, as a nurse would set. */
function limitsOf(one: DemoCase): PersonLimits {
	return {
		...(one.conditions.includes('慢性阻塞性肺病') ? { copd: true } : {}),
		...(one.conditions.includes('心臟衰竭') ? { heartFailure: true } : {}),
		...(one.health.systolic >= 150 ? { sbp: { high: { yellow: 150, orange: 165, red: 180 } } } : {})
	};
}

function membership(staff: DemoStaff, { id }: Carer, at: string): DemoRow<'memberships'> {
	return {
		id: demoId('membership', staff.key),
		org_id: demoId('organization', staff.org),
		user_id: id,
		role: staff.role,
		display_name: staff.name,
		title: staff.title,
		phone: `0900-000-${String(120 + DEMO_STAFF.indexOf(staff)).padStart(3, '0')}`,
		...written(id, at)
	};
}

/** Tomorrow and the day after, so that some visits need somebody. */
function demoAbsence(userId: string, by: Carer, today: string): DemoRow<'staff_absences'> {
	return {
		id: demoId('absence', 'worker8'),
		org_id: demoId('organization', 'yunling'),
		user_id: userId,
		starts_at: startOfDay(addDays(today, 1)),
		ends_at: startOfDay(addDays(today, 3)),
		...written(by.id, instantAt(addDays(today, -1), '16:00'))
	};
}

function caseRow({ one, manager }: Circle, today: string, founded: string): DemoRow<'cases'> {
	return {
		id: demoId('case', one.key),
		org_id: demoId('organization', one.org),
		name: one.name,
		sex: one.sex,
		born_on: addDays(today, -Math.round((one.age + 0.4) * 365.25)),
		cms_level: one.cmsLevel,
		phone: '08-000-0300',
		address: `雲嶺鄉${one.village}${1 + ((one.key.length * 7) % 60)}號`,
		village: one.village,
		living_situation: one.living,
		conditions: one.conditions,
		allergies: one.allergies,
		alerts: one.alerts,
		vital_limits: limitsOf(one),
		admitted_on: addDays(today, -one.historyDays),
		...written(manager.id, founded)
	};
}

function staffDetails(
	{ one, manager }: Circle,
	index: number,
	founded: string
): DemoRow<'case_staff_details'> {
	return {
		id: demoId('case', one.key),
		case_id: demoId('case', one.key),
		national_id: fictionalNationalId(one.sex, index),
		copay_class: 3,
		staff_alerts: one.staffAlerts,
		...written(manager.id, founded)
	};
}

function contacts({ one, manager }: Circle, founded: string): DemoRow<'case_contacts'>[] {
	return one.contacts.map((contact, index) => ({
		id: demoId('contact', one.key, index),
		case_id: demoId('case', one.key),
		...contact,
		is_primary: index === 0,
		...written(manager.id, founded)
	}));
}

function members(
	{ one, manager, family }: Circle,
	person: (key: string) => Carer,
	founded: string
): DemoRow<'case_members'>[] {
	const orgName = new Map(DEMO_ORGANISATIONS.map((org) => [org.key, org.name]));
	const staffByKey = new Map(DEMO_STAFF.map((staff) => [staff.key, staff]));
	const staffMembers = one.circle.map(({ key, role }): DemoRow<'case_members'> => {
		const org = staffByKey.get(key)?.org;
		return {
			id: demoId('member', one.key, key),
			case_id: demoId('case', one.key),
			user_id: person(key).id,
			role,
			display_name: person(key).name,
			org_name: (org && orgName.get(org)) ?? null,
			phone: '0900-000-110',
			...written(manager.id, founded)
		};
	});
	if (family === null) return staffMembers;
	const relative: DemoRow<'case_members'> = {
		id: demoId('member', one.key, DEMO_FAMILY.key),
		case_id: demoId('case', one.key),
		user_id: family.id,
		role: 'family',
		display_name: family.name,
		relation: DEMO_FAMILY.relation,
		phone: '0900-000-301',
		...written(manager.id, founded)
	};
	return [...staffMembers, relative];
}
