/** The form of a person's own alarm limits: texts as typed, and the limits that they make. */
import { REPORT_SEVERITIES, type ReportSeverity } from '#lib/domain/severity.ts';
import { parseNumber } from '#lib/domain/text.ts';
import { HOME_RULES, type Metric } from '#lib/domain/vital-sign-rules.ts';
import type { PersonLimits } from '#lib/domain/vital-sign-types.ts';
import { METRICS } from '#lib/domain/vital-signs.ts';

export type Side = 'high' | 'low';
/** `<metric>.<side>.<severity>`. */
export type LevelKey = `${Metric}.${Side}.${ReportSeverity}`;

export interface LimitsValues {
	/** What is typed; '' or absent keeps the home rule. */
	readonly levels: Readonly<Record<string, string>>;
	/** Levels that never alarm for this person. */
	readonly off: readonly string[];
	readonly copd: boolean;
	readonly heartFailure: boolean;
}

export const SIDES: readonly Side[] = ['high', 'low'];

/** Weight is judged against earlier readings, so it has no levels. */
export const LIMIT_METRICS: readonly Metric[] = METRICS.filter((metric) => metric !== 'weight');

export function levelKey(metric: Metric, side: Side, severity: ReportSeverity): LevelKey {
	return `${metric}.${side}.${severity}`;
}

export function limitsToValues(limits: PersonLimits): LimitsValues {
	const levels: Record<string, string> = {};
	const off: string[] = [];
	for (const { key, metric, side, severity } of allLevels()) {
		const level = limits[metric]?.[side]?.[severity];
		if (level === null) off.push(key);
		else if (level !== undefined) levels[key] = String(level);
	}
	return {
		levels,
		off,
		copd: limits.copd === true,
		heartFailure: limits.heartFailure === true
	};
}

/** Levels that are not numbers are left out; `unreadableLevels` names them. */
export function valuesToLimits(values: LimitsValues): PersonLimits {
	const limits: Partial<
		Record<Metric, Partial<Record<Side, Partial<Record<ReportSeverity, number | null>>>>>
	> = {};
	for (const { key, metric, side, severity } of allLevels()) {
		const level = values.off.includes(key) ? null : typedLevel(values, key);
		if (level === undefined) continue;
		limits[metric] = {
			...limits[metric],
			[side]: { ...limits[metric]?.[side], [severity]: level }
		};
	}
	return {
		...limits,
		...(values.copd ? { copd: true } : {}),
		...(values.heartFailure ? { heartFailure: true } : {})
	};
}

/** Typed levels that are no numbers, or that no reading could reach. */
export function unreadableLevels(values: LimitsValues): LevelKey[] {
	return allLevels().flatMap(({ key, metric }) => {
		const text = values.levels[key] ?? '';
		if (text.trim() === '' || values.off.includes(key)) return [];
		const level = parseNumber(text);
		const [least, most] = HOME_RULES.metrics[metric].entry.reject;
		return level === null || level < least || level > most ? [key] : [];
	});
}

function typedLevel(values: LimitsValues, key: LevelKey): number | undefined {
	return parseNumber(values.levels[key] ?? '') ?? undefined;
}

function allLevels() {
	return LIMIT_METRICS.flatMap((metric) =>
		SIDES.flatMap((side) =>
			REPORT_SEVERITIES.map((severity) => ({
				key: levelKey(metric, side, severity),
				metric,
				side,
				severity
			}))
		)
	);
}
