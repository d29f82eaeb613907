/** What an address may say of a report before it is begun: `?case=…&type=BPABN&measurement=…&severity=red&sign=feels_unwell`. */
import { REPORT_SEVERITIES } from '#lib/domain/severity.ts';
import type { ReportStart } from './report-form.svelte.ts';

/** An unknown severity is left out, so that a mistyped link never lowers or invents one. */
export function readReportStart(params: URLSearchParams): ReportStart {
	const severity = params.get('severity');
	return {
		caseId: params.get('case'),
		type: params.get('type'),
		measurementId: params.get('measurement'),
		sign: params.get('sign'),
		severity: REPORT_SEVERITIES.find((known) => known === severity) ?? null
	};
}
