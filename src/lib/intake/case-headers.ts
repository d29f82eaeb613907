/** The names that the systems and offices of Taiwan give to the columns of a case list. */

export const CASE_COLUMNS = [
	'nationalId',
	'name',
	'sex',
	'bornOn',
	'cmsLevel',
	'phone',
	'address',
	'village',
	'admittedOn',
	'livingSituation',
	'contactName',
	'contactRelation',
	'contactPhone',
	'allergies',
	'conditions',
	'note'
] as const;

export type CaseColumn = (typeof CASE_COLUMNS)[number];

/**
 * Names after folding (see `headerKey`). Traps held here: `EndDate` of the home-nursing exchange is the day of *admission*;
 * `CaseID` and `idn` are the person's id, while `caseNo` and 案號 number the case and are not read.
 */
export const CASE_HEADERS: Readonly<Record<CaseColumn, readonly string[]>> = {
	nationalId: [
		'身分證字號',
		'身分證號',
		'身分證',
		'身分證號碼',
		'身分證統一編號',
		'國民身分證統一編號',
		'統一證號',
		'居留證號',
		'居留證號碼',
		'idn',
		'idno',
		'caseid',
		'patientid',
		'nationalid'
	],
	name: [
		'姓名',
		'個案姓名',
		'案主姓名',
		'長輩姓名',
		'照顧對象',
		'照顧對象姓名',
		'服務對象',
		'服務對象姓名',
		'服務使用者',
		'個案',
		'案主',
		'name',
		'casename',
		'patientname'
	],
	sex: ['性別', 'sex', 'gender'],
	bornOn: [
		'生日',
		'出生日期',
		'出生年月日',
		'出生日',
		'出生',
		'birthday',
		'birthdate',
		'dateofbirth',
		'birth',
		'dob'
	],
	cmsLevel: [
		'cms',
		'cms等級',
		'cms級別',
		'失能等級',
		'長照等級',
		'核定等級',
		'長照需要等級',
		'照顧等級',
		'cmslevel',
		'level'
	],
	phone: [
		'電話',
		'電話號碼',
		'聯絡電話',
		'連絡電話',
		'個案電話',
		'住家電話',
		'市話',
		'手機',
		'手機號碼',
		'行動電話',
		'phone',
		'tel',
		'telephone',
		'mobile'
	],
	address: [
		'地址',
		'住址',
		'居住地址',
		'現居地址',
		'居住地',
		'通訊地址',
		'聯絡地址',
		'address',
		'addr'
	],
	village: ['村里', '村里別', '里別', '村別', '村', '里', '部落', 'village'],
	admittedOn: [
		'收案日期',
		'收案日',
		'收案',
		'開案日期',
		'開案日',
		'開始服務日期',
		'enddate',
		'admittedon',
		'admissiondate'
	],
	livingSituation: [
		'居住狀況',
		'居住情形',
		'居住型態',
		'同住狀況',
		'是否獨居',
		'獨居',
		'living',
		'livingsituation'
	],
	contactName: [
		'聯絡人',
		'連絡人',
		'聯絡人姓名',
		'緊急聯絡人',
		'緊急聯絡人姓名',
		'主要聯絡人',
		'主要聯絡人姓名',
		'主要照顧者',
		'主要照顧者姓名',
		'家屬',
		'家屬姓名',
		'contact',
		'contactname',
		'emergencycontact'
	],
	contactRelation: [
		'關係',
		'與個案關係',
		'與案主關係',
		'聯絡人關係',
		'緊急聯絡人關係',
		'主要聯絡人關係',
		'主要照顧者關係',
		'家屬關係',
		'relation',
		'relationship',
		'contactrelation'
	],
	contactPhone: [
		'聯絡人電話',
		'連絡人電話',
		'聯絡人手機',
		'緊急聯絡人電話',
		'緊急聯絡人手機',
		'緊急聯絡電話',
		'主要聯絡人電話',
		'主要照顧者電話',
		'家屬電話',
		'家屬手機',
		'contactphone',
		'emergencyphone'
	],
	allergies: ['過敏', '過敏史', '過敏藥物', '藥物過敏', '過敏原', 'allergy', 'allergies'],
	conditions: [
		'疾病',
		'疾病史',
		'病史',
		'診斷',
		'慢性病',
		'主要疾病',
		'主要診斷',
		'condition',
		'conditions',
		'diagnosis'
	],
	note: [
		'備註',
		'附註',
		'註記',
		'備考',
		'說明',
		'注意事項',
		'note',
		'notes',
		'remark',
		'remarks',
		'memo'
	]
};
