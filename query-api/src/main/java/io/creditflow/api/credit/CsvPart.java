package io.creditflow.api.credit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Consecutive lines of a CSV export. Instances also send it to each other as JSON.
 *
 * @param lines complete lines with their line ends, without the header line
 * @param nextCursor the cursor of the next part; null if this part is the last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CsvPart(String lines, String nextCursor) {}
