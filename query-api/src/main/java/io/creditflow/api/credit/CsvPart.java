package io.creditflow.api.credit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Consecutive rows of a CSV export; also the body with which one instance answers another.
 *
 * @param lines whole lines, each with its line end, without the header line
 * @param nextCursor of the part that follows; null at the end
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CsvPart(String lines, String nextCursor) {}
