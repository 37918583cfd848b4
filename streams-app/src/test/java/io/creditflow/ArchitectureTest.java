package io.creditflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between packages, held (docs/ARCHITECTURE.md). */
@AnalyzeClasses(
    packages = "io.creditflow",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule COUNTING_RULES_KNOW_NO_KAFKA =
      noClasses()
          .that()
          .resideOutsideOfPackages("..creditflow.streams..", "..schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.rocksdb..");

  @ArchTest
  static final ArchRule ONLY_STREAMS_KNOWS_STREAMS =
      noClasses()
          .that()
          .resideOutsideOfPackage("..creditflow.streams..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..creditflow.streams..");

  @ArchTest
  static final ArchRule RULES_OF_A_DOMAIN_KNOW_NEITHER_WRITER_NOR_READER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..creditflow.event..",
              "..creditflow.dedup..",
              "..creditflow.grant..",
              "..creditflow.usage..",
              "..creditflow.ledger..",
              "..creditflow.campaign..",
              "..creditflow.workspace..",
              "..creditflow.projection..",
              "..creditflow.alert..",
              "..creditflow.state..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..creditflow.engine..", "..creditflow.view..");

  @ArchTest
  static final ArchRule THE_READER_ONLY_READS =
      noClasses()
          .that()
          .resideInAPackage("..creditflow.view..")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("WritableRowStore");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CIRCLE =
      slices().matching("io.creditflow.(*)..").should().beFreeOfCycles();
}
