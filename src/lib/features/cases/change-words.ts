/** Names of the fields that people edit, and their values in words, for showing what was changed. */
import {
	deviceKindName,
	medicationHelpName,
	medicationRouteName,
	medicationTimeName
} from '#lib/care-ui/care-list-words.ts';
import { dateWithYear, instantWords } from '#lib/care-ui/dates.ts';
import { joinWords, listWords } from '#lib/care-ui/join-words.ts';
import {
	audienceName,
	caseStatusName,
	livingName,
	metricName,
	sexName
} from '#lib/care-ui/names.ts';
import { severityName } from '#lib/care-ui/state-names.ts';
import { metricValue } from '#lib/care-ui/vitals.ts';
import { REPORT_SEVERITIES } from '#lib/domain/severity.ts';
import { isDay } from '#lib/domain/taiwan-dates.ts';
import type { MetricLimits, PersonLimits } from '#lib/domain/vital-sign-types.ts';
import { METRICS } from '#lib/domain/vital-signs.ts';
import { m } from '#lib/paraglide/messages.js';

const FIELDS: Readonly<Record<string, () => string>> = {
	name: m.common_name,
	display_name: m.common_name,
	sex: m.cases_sex,
	born_on: m.cases_born_on,
	cms_level: m.cases_cms_level,
	status: m.common_status,
	phone: m.common_phone,
	address: m.cases_address,
	village: m.cases_village,
	living_situation: m.cases_living,
	conditions: m.cases_conditions,
	allergies: m.cases_allergies,
	alerts: m.cases_alerts,
	vital_limits: m.cases_limits,
	admitted_on: m.cases_admitted_on,
	discharged_on: m.cases_discharged_on,
	note: m.common_note,
	national_id: m.cases_national_id,
	copay_class: m.cases_copay,
	staff_alerts: m.cases_staff_alerts,
	household_note: m.cases_household_note,
	strength: m.lists_strength,
	dose: m.lists_dose,
	times: m.lists_times,
	route: m.lists_route,
	directions: m.lists_directions,
	reason: m.lists_reason,
	prescriber: m.lists_prescriber,
	bag_on: m.lists_bag_on,
	starts_on: m.lists_starts_on,
	ends_on: m.lists_ends_on,
	help: m.lists_help,
	kind: m.lists_kind,
	size: m.lists_size,
	placed_on: m.lists_placed_on,
	change_due_on: m.lists_change_due_on,
	changed_by: m.lists_changed_by,
	units_month: m.plan_units,
	times_week: m.plan_times,
	valid_from: m.plan_valid_from,
	valid_until: m.plan_valid_until,
	provider: m.plan_provider,
	relation: m.cases_contact_relation,
	is_primary: m.cases_contact_primary,
	audience: m.cases_field_audience,
	worker_id: m.cases_field_worker,
	assignee_id: m.cases_field_assignee,
	starts_at: m.cases_field_starts,
	ends_at: m.cases_field_ends,
	due_at: m.cases_field_due,
	planned_codes: m.cases_field_codes,
	title: m.cases_field_title,
	body: m.cases_field_body,
	priority: m.cases_field_priority,
	organization: m.cases_field_organization
};

const TABLES: Readonly<Record<string, () => string>> = {
	cases: m.cases_about_person,
	case_staff_details: m.cases_staff_only,
	case_contacts: m.cases_about_contact,
	case_members: m.cases_tab_circle,
	case_medications: m.lists_about_medication,
	case_devices: m.lists_about_device,
	case_plan_codes: m.plan_title,
	visits: m.cases_about_visit,
	visit_series: m.cases_about_series,
	tasks: m.cases_about_task
};

const CODES: Readonly<Record<string, (code: string) => string>> = {
	sex: sexName,
	status: caseStatusName,
	living_situation: livingName,
	audience: audienceName,
	times: medicationTimeName,
	route: medicationRouteName,
	help: medicationHelpName,
	kind: deviceKindName
};

/** A field that this release does not know is shown by its own name. */
export function fieldWords(field: string): string {
	return FIELDS[field]?.() ?? field;
}

/** What kind of record a change was made to. */
export function tableWords(table: string): string {
	return TABLES[table]?.() ?? table;
}

/**
 * @param nameOf name of a person of the circle, by user id
 * @param today Taipei day
 */
export function valueWords(
	field: string,
	value: unknown,
	{ today, nameOf }: { readonly today: string; readonly nameOf: (userId: string) => string | null }
): string {
	if (value === null || value === undefined || value === '') return m.cases_value_empty();
	if (field === 'vital_limits') return limitsWords(value); // stored under this type by our own form
	const words = CODES[field] ?? String;
	if (Array.isArray(value)) {
		return listWords(value.map((item) => words(String(item)))) || m.cases_value_empty();
	}
	if (typeof value === 'boolean') return value ? m.common_yes() : m.common_no();
	if (typeof value === 'number') return String(value);
	if (typeof value !== 'string') return JSON.stringify(value);
	if (field.endsWith('_id')) return nameOf(value) ?? m.care_unknown_person();
	if (field.endsWith('_at')) return instantWords(value, today);
	if (isDay(value)) return dateWithYear(value);
	return words(value);
}

/** `收縮壓 ≥ 150 輕度、COPD`; only what differs from the home rules is stored, and so said. */
export function limitsWords(limits: PersonLimits): string {
	const parts = METRICS.flatMap((metric) => {
		const own = limits[metric];
		if (!own) return [];
		const levels = [
			...levelWords(own.high, '≥', (value) => metricValue(metric, value)),
			...levelWords(own.low, '<', (value) => metricValue(metric, value))
		];
		return levels.length > 0 ? [`${metricName(metric)} ${joinWords(levels)}`] : [];
	});
	if (limits.copd) parts.push(m.cases_limits_copd());
	if (limits.heartFailure) parts.push(m.cases_limits_heart_failure());
	return listWords(parts) || m.cases_limits_none();
}

function levelWords(
	levels: MetricLimits['high'],
	sign: '≥' | '<',
	words: (value: number) => string
): string[] {
	return REPORT_SEVERITIES.flatMap((severity) => {
		const level = levels?.[severity];
		if (level === undefined) return [];
		return level === null
			? [m.cases_level_off({ severity: severityName(severity) })]
			: [`${sign}${words(level)} ${severityName(severity)}`];
	});
}
