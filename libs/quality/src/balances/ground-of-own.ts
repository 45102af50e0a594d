/**
 * Common table expressions after `own(node)`, with `$1` who asks: `ground(node, base, year)`, the one base and the one year of harvest of all
 * that a batch was made of, in whose hands ever. NULL where it is of several, of another's land, or of none on record.
 */
export const GROUND_OF_OWN = `up(node, at) AS (
       SELECT node, node FROM own
       UNION
       SELECT u.node, i.node FROM up u JOIN line o ON o.node = u.at AND o.role = 'output' AND o.held AND NOT o.void
         JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.held AND NOT i.void AND i.node IS NOT NULL
     ), grown AS (
       SELECT u.node, array_agg(DISTINCT CASE WHEN a.organisation_id = $1 THEN a.base_id::text ELSE '' END) AS bases,
              array_agg(DISTINCT extract(year FROM h.event_time AT TIME ZONE 'Asia/Shanghai')::int) AS years
         FROM up u JOIN node n ON n.id = u.at JOIN batch c ON c.identifier = n.identifier AND c.kind = 'crop'
         JOIN line h ON h.node = u.at AND h.role = 'input' AND h.held AND NOT h.void
          AND EXISTS (SELECT FROM line o JOIN up v ON v.node = u.node AND v.at = o.node WHERE o.hub = h.hub AND o.role = 'output' AND o.held AND NOT o.void)
         LEFT JOIN LATERAL (
           SELECT p.organisation_id, p.base_id FROM jsonb_array_elements_text(CASE jsonb_typeof(c.attributes -> 'plots') WHEN 'array' THEN c.attributes -> 'plots' ELSE '[]' END) AS plot
             JOIN land p ON p.id::text = lower(plot)) a ON true
        GROUP BY 1
     ), ground AS (
       SELECT node, CASE WHEN cardinality(bases) = 1 AND bases[1] <> '' THEN bases[1] END AS base, CASE WHEN cardinality(years) = 1 THEN years[1] END AS year FROM grown
     )`;
