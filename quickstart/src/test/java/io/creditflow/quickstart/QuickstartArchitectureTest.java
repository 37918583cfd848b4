package io.creditflow.quickstart;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages of the quickstart may use which (docs/ARCHITECTURE.md). */
@AnalyzeClasses(
    packages = "io.creditflow.quickstart",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class QuickstartArchitectureTest {
  @ArchTest
  static final ArchRule BROKER_REGISTRY_AND_ACCESS_USE_NO_OTHER_PACKAGE =
      noClasses()
          .that()
          .resideInAnyPackage("..quickstart.broker..", "..quickstart.registry..", "..access..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..creditflow.api..",
              "..creditflow.schemas..",
              "..creditflow.streams..",
              "..quickstart.command..",
              "..quickstart.upstream..");

  @ArchTest
  static final ArchRule ONLY_THE_BROKER_USES_KAFKAS_SERVER =
      noClasses()
          .that()
          .resideOutsideOfPackage("..quickstart.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.creditflow.quickstart.(*)..").should().beFreeOfCycles();
}
