/** What a paper says where there is nothing to say: an empty field would read as if nothing were missing. */
export const NOT_RECORDED = '未登记';
/** Of what the sender alone may hand out, in a pack the receiver fetched. */
export const NOT_GIVEN = '未提供';
export const NONE = '无';
