package io.creditflow.api.credit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Some lines of a CSV, as they also travel between instances.
 *
 * @param lines whole lines, ended; without a head
 * @param nextCursor where the next part begins; null at the end
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CsvPart(String lines, String nextCursor) {}
