package io.creditflow.pipeline;

import io.creditflow.pipeline.CreditPipeline.AlertsOf;
import io.creditflow.posting.CountingRules;
import io.creditflow.schemas.SchemaRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * What all tasks of this process share.
 *
 * @param partitions number of partitions of every input topic
 * @param postingsInMemoryMax postings a task holds before it flushes ahead of the commit
 * @param published ids of alerts that were published before this process began
 * @param raised alerts that this process published
 * @param deliveredAgain records passed over because the books held them already
 * @param unopened books that are opened before any is written
 * @param owned books that are read where their tasks have them
 */
public record Workshop(
    SchemaRegistry registry,
    CountingRules rules,
    int partitions,
    int postingsInMemoryMax,
    RegistryWait registryWait,
    EndOffsets ends,
    AsOf.Committed committed,
    Quiet quiet,
    Set<String> published,
    Map<AlertsOf, LongAdder> raised,
    LongAdder deliveredAgain,
    Unopened unopened,
    OwnedBooks owned) {

  public Workshop(
      SchemaRegistry registry,
      CountingRules rules,
      int partitions,
      int postingsInMemoryMax,
      EndOffsets ends,
      AsOf.Committed committed,
      BooleanSupplier isCopied) {
    this(
        registry,
        rules,
        partitions,
        postingsInMemoryMax,
        new RegistryWait(),
        ends,
        committed,
        new Quiet(isCopied),
        ConcurrentHashMap.newKeySet(),
        new ConcurrentHashMap<>(),
        new LongAdder(),
        new Unopened(),
        new OwnedBooks());
  }
}
