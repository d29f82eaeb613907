/** What is wrong with a list, a cell or an import, in plain words and with the way to put it right. */
import type { CaseColumn } from '#lib/intake/case-headers.ts';
import type { ProblemHint } from '#lib/intake/case-fields.ts';
import type { RowProblem, RowProblemCode } from '#lib/intake/imported-case.ts';
import { MAX_BYTES, MAX_ROWS } from '#lib/intake/read-table.ts';
import type { ReportWords, RowOutcome } from '#lib/intake/report.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ImportProblem } from './port.ts';
import type { FileProblem } from './read-cases.ts';

export const MAX_MEGABYTES = MAX_BYTES / 1024 / 1024;

type ProblemWord = (place: { readonly line: number }) => string;

const PROBLEMS: Readonly<Record<RowProblemCode, ProblemWord>> = {
	missing: () => m.intake_p_missing(),
	too_long: () => m.intake_p_too_long(),
	unknown_value: () => m.intake_p_unknown_value(),
	not_a_date: () => m.intake_p_not_a_date(),
	no_such_day: () => m.intake_p_no_such_day(),
	in_the_future: () => m.intake_p_in_the_future(),
	too_long_ago: () => m.intake_p_too_long_ago(),
	id_shape: () => m.intake_p_id_shape(),
	id_checksum: () => m.intake_p_id_checksum(),
	phone_shape: () => m.intake_p_phone_shape(),
	cms_sublevel: () => m.intake_p_cms_sublevel(),
	living_unlisted_assumed: () => m.intake_p_living_unlisted_assumed(),
	duplicate_id: m.intake_p_duplicate_id,
	duplicate_person: m.intake_p_duplicate_person,
	same_name: m.intake_p_same_name,
	sex_differs_from_id: () => m.intake_p_sex_differs_from_id(),
	admitted_before_birth: () => m.intake_p_admitted_before_birth(),
	extra_value: () => m.intake_p_extra_value(),
	rare_character: () => m.intake_p_rare_character(),
	contact_without_name: () => m.intake_p_contact_without_name(),
	more_cells_than_headers: () => m.intake_p_more_cells_than_headers(),
	already_stored: () => m.intake_p_already_stored(),
	seems_stored: () => m.intake_p_seems_stored(),
	not_storable: () => m.intake_p_not_storable()
};

const HINTS: Readonly<Record<ProblemHint, () => string>> = {
	write_date_like_114_07_05: m.intake_h_write_date_like_114_07_05,
	write_level_1_to_8: m.intake_h_write_level_1_to_8,
	write_male_or_female: m.intake_h_write_male_or_female,
	write_alone_or_not: m.intake_h_write_alone_or_not,
	check_against_the_card: m.intake_h_check_against_the_card,
	check_the_number: m.intake_h_check_the_number,
	shorten: m.intake_h_shorten
};

const COLUMNS: Readonly<Record<CaseColumn, () => string>> = {
	nationalId: m.intake_col_national_id,
	name: m.intake_col_name,
	sex: m.intake_col_sex,
	bornOn: m.intake_col_born_on,
	cmsLevel: m.intake_col_cms_level,
	phone: m.intake_col_phone,
	address: m.intake_col_address,
	village: m.intake_col_village,
	admittedOn: m.intake_col_admitted_on,
	livingSituation: m.intake_col_living_situation,
	contactName: m.intake_col_contact_name,
	contactRelation: m.intake_col_contact_relation,
	contactPhone: m.intake_col_contact_phone,
	allergies: m.intake_col_allergies,
	conditions: m.intake_col_conditions,
	note: m.intake_col_note
};

const FILE_PROBLEMS: Readonly<Record<FileProblem['code'], () => string>> = {
	unreadable: m.intake_file_unreadable,
	empty: m.intake_file_empty,
	too_large: () => m.intake_file_too_large({ megabytes: MAX_MEGABYTES }),
	too_many_rows: () => m.intake_file_too_many_rows({ rows: MAX_ROWS }),
	too_many_columns: m.intake_file_too_many_columns,
	not_text: m.intake_file_not_text,
	encoding_unknown: m.intake_file_encoding_unknown,
	quote_not_closed: m.intake_file_quote_not_closed,
	no_header: m.intake_file_no_header,
	no_name_column: m.intake_file_no_name_column,
	no_rows: m.intake_file_no_rows
};

const IMPORT_PROBLEMS: Readonly<Record<ImportProblem, () => string>> = {
	offline: m.intake_failed_offline,
	unreachable: m.intake_failed_unreachable,
	signed_out: m.intake_failed_signed_out,
	not_allowed: m.intake_failed_not_allowed,
	unexpected: m.intake_failed_unexpected
};

/** What is wrong and how to fix it, without the place. */
function problemText({ code, hint, otherLine }: RowProblem): string {
	const problem = PROBLEMS[code]({ line: otherLine ?? 0 });
	return hint === null ? problem : m.intake_problem_with_hint({ problem, hint: HINTS[hint]() });
}

/** With the column and what was read there: 「生日」寫的是「40/13/6」：沒有這一天。 */
export function problemSentence(problem: RowProblem): string {
	const { column, header, got } = problem;
	const name = header ?? (column === null ? null : COLUMNS[column]());
	if (name === null) return problemText(problem);
	const place =
		got === ''
			? m.intake_problem_column({ header: name })
			: m.intake_problem_cell({ header: name, got });
	return place + problemText(problem);
}

export function fileProblemText({ code, line }: FileProblem): string {
	const text = FILE_PROBLEMS[code]();
	return line === null ? text : `${text} ${m.intake_file_at_line({ line })}`;
}

export function importProblemText(problem: ImportProblem): string {
	return IMPORT_PROBLEMS[problem]();
}

/** How far the list has come: only checked, brought in, or kept out. */
export type ReportStage = 'checked' | 'imported' | 'not_imported';

const GOOD_ROWS: Readonly<Record<ReportStage, () => string>> = {
	checked: m.intake_result_ready,
	imported: m.intake_result_imported,
	not_imported: m.intake_result_not_imported
};

export function reportWords(stage: ReportStage): ReportWords {
	return {
		heads: [
			m.intake_head_line(),
			m.intake_head_result(),
			m.intake_head_name(),
			m.intake_head_column(),
			m.intake_head_content(),
			m.intake_head_problem()
		],
		result: (outcome: RowOutcome) =>
			outcome === 'refused' ? m.intake_result_refused() : GOOD_ROWS[stage](),
		problem: problemText
	};
}
