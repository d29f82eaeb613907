/** A care recipient in one line. */
import type { CaseRow } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import { ageWords } from './dates.ts';
import { joinWords } from './join-words.ts';
import { caseStatusName, sexName } from './names.ts';

type Person = Pick<CaseRow, 'sex' | 'born_on' | 'cms_level' | 'village' | 'status'>;

/** `女・82 歲・CMS 5 級・松泉村`; what is not known is left out, a status other than active is added. */
export function personLine(person: Person, today: string): string {
	return joinWords([
		person.status !== 'active' && caseStatusName(person.status),
		person.sex && sexName(person.sex),
		person.born_on && ageWords(person.born_on, today),
		person.cms_level !== null && m.care_cms({ level: person.cms_level }),
		person.village
	]);
}
