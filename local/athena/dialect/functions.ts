const words = (text: string) => new Set(text.trim().split(/\s+/));

/**
 * Functions that DuckDB has under another name. A macro cannot replace them: aggregates may have a FILTER, others take
 * a lambda.
 */
export const RENAMED: Record<string, string> = {
  transform: "list_transform",
  cardinality: "len",
  approx_distinct: "approx_count_distinct",
  approx_percentile: "quantile_disc",
  every: "bool_and",
  max_by: "arg_max_null",
  min_by: "arg_min_null",
  bitwise_and_agg: "bit_and",
  bitwise_or_agg: "bit_or",
  bitwise_xor_agg: "bit_xor",
};

/** Functions whose second argument is a format of a date. */
export const FORMATTED: Record<string, string> = { date_format: "strftime", date_parse: "strptime" };

/** Functions that are the same in DuckDB: it gives the answers that Trino gave in tests/dialect. */
export const SAME = words(`
  abs acos any_value arbitrary array_agg array_distinct array_intersect array_sort asin atan atan2 avg bool_and
  bool_or cbrt ceil ceiling chr concat_ws corr cos cosh count count_if covar_pop covar_samp cume_dist date
  date_trunc day degrees dense_rank exp filter first_value flatten floor from_base64 from_hex geometric_mean histogram hour
  json_array_length lag last_value lead length ln log log10 log2 lower lpad ltrim map map_keys map_values max min
  minute month now nth_value ntile percent_rank pi pow power quarter radians random rank regexp_extract_all
  regr_intercept regr_slope reverse round row_number rpad rtrim second sign sin sinh split sqrt starts_with stddev
  stddev_pop stddev_samp strpos sum tan tanh to_base64 to_hex translate trim upper uuid var_pop var_samp variance
  week year
`);

/** Functions of Trino that DuckDB lacks, or that mean something else there, and that are refused. */
export const UNTRANSLATED = words(`
  all_match any_match approx_most_frequent approx_set array_histogram at_timezone bar beta_cdf bit_count
  bitwise_right_shift bitwise_right_shift_arithmetic checksum color combinations contains_sequence cosine_distance
  cosine_similarity crc32 current_groups dot_product empty_approx_set euclidean_distance exclude_columns
  format_datetime format_number from_base from_base32 from_base64url from_big_endian_32 from_big_endian_64
  from_ieee754_32 from_ieee754_64 from_iso8601_timestamp_nanos from_unixtime_nanos hash_counts hmac_md5
  hmac_sha1 hmac_sha256 hmac_sha512 human_readable_seconds intersection_cardinality inverse_beta_cdf
  inverse_normal_cdf is_json_scalar jaccard_index json_array_contains json_array_get json_size kurtosis listagg
  luhn_check make_set_digest map_agg map_concat map_entries map_filter map_from_entries map_union map_zip_with
  merge merge_set_digest multimap_agg multimap_from_entries murmur3 ngrams none_match normal_cdf normalize
  numeric_histogram parse_data_size parse_datetime parse_duration parse_presto_data_size qdigest_agg
  quantile_at_value reduce reduce_agg regexp_position render rgb sha512 shuffle skewness soundex split_to_map
  split_to_multimap spooky_hash_v2_32 spooky_hash_v2_64 t_cdf t_pdf tdigest_agg timezone_hour timezone_minute
  to_base32 to_base64url to_big_endian_32 to_big_endian_64 to_ieee754_32 to_ieee754_64 to_milliseconds
  transform_keys transform_values trim_array typeof url_decode url_encode url_extract_fragment url_extract_host
  url_extract_parameter url_extract_path url_extract_port url_extract_protocol url_extract_query value_at_quantile
  values_at_quantiles wilson_interval_lower wilson_interval_upper word_stem xxhash64 zip zip_with
  format json_exists json_query json_value
`);
