package io.creditflow.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages of the API may use which (docs/ARCHITECTURE.md). */
@AnalyzeClasses(
    packages = "io.creditflow.api",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ApiArchitectureTest {
  @ArchTest
  static final ArchRule HTTP_AND_CONFIGURATION_USE_NO_OTHER_PACKAGE =
      noClasses()
          .that()
          .resideInAnyPackage("..api.http..", "..api.configuration..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..creditflow.schemas..",
              "..creditflow.query..",
              "..creditflow.local..",
              "..creditflow.streams..",
              "..creditflow.engine..",
              "..api.auth..",
              "..api.credit..",
              "..api.health..",
              "..api.metrics..",
              "..api.ops..",
              "..api.peer..",
              "..api.topics..",
              "..api.web..");

  @ArchTest
  static final ArchRule ONLY_HTTP_USES_THE_WEB_SERVER =
      noClasses()
          .that()
          .resideOutsideOfPackage("..api.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule QUERIES_USE_NEITHER_KAFKA_NOR_THE_ENGINE =
      noClasses()
          .that()
          .resideInAnyPackage("..api.credit..", "..api.peer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "..creditflow.streams..", "..creditflow.engine..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.creditflow.api.(*)..").should().beFreeOfCycles();
}
