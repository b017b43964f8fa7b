package dev.outflow;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;

/** Enforces the architecture; docs/decisions has the reasons. */
@AnalyzeClasses(packages = "dev.outflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /**
   * The Flink classes in use that are not public API, each with its reason. A new one needs a
   * decision.
   */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          entry(
              "org.apache.flink.runtime.minicluster.MiniCluster",
              "the only way to have a cluster with a web UI in this JVM; local use and tests"),
          entry(
              "org.apache.flink.runtime.minicluster.MiniClusterConfiguration",
              "belongs to MiniCluster"),
          entry(
              "org.apache.flink.runtime.minicluster.MiniClusterConfiguration$Builder",
              "belongs to MiniCluster"),
          entry(
              "org.apache.flink.core.plugin.PluginUtils",
              "not annotated; how a cluster loads file systems from plugins/, and the only way to do so for local use (decision 37)"),
          entry(
              "org.apache.flink.core.plugin.PluginManager",
              "not annotated; belongs to PluginUtils"),
          entry(
              "org.apache.flink.core.fs.UnsupportedFileSystemSchemeException",
              "not annotated, but thrown by the @Public FileSystem; tells a missing plugin from a missing file"),
          entry(
              "org.apache.flink.runtime.jobmaster.JobResult",
              "belongs to MiniCluster; the end of a job without polling (decision 38)"),
          entry(
              "org.apache.flink.table.api.CompiledPlan",
              "@Experimental; the only way to give operators of SQL stable ids"),
          entry(
              "org.apache.flink.table.api.PlanReference", "@Experimental; belongs to CompiledPlan"),
          entry(
              "org.apache.flink.table.api.PlanReference$ContentPlanReference",
              "@Experimental; belongs to CompiledPlan"),
          entry(
              "org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema$KafkaSinkContext",
              "@Internal, but a parameter of the @PublicEvolving interface around it"),
          entry(
              "org.apache.flink.configuration.FallbackKey",
              "not annotated, but returned by the @PublicEvolving ConfigOption; older names of options"),
          entry(
              "org.apache.flink.formats.avro.typeutils.AvroSchemaConverter",
              "not annotated; the only way to get the schema that Flink's avro format writes"),
          entry(
              "org.apache.flink.formats.avro.AvroRowDataSerializationSchema",
              "not annotated; how Flink's avro format writes rows (decision 13)"),
          entry(
              "org.apache.flink.formats.avro.AvroToRowDataConverters",
              "@Internal; how Flink's avro format reads rows (decision 13)"),
          entry(
              "org.apache.flink.formats.avro.AvroToRowDataConverters$AvroToRowDataConverter",
              "belongs to AvroToRowDataConverters"),
          entry(
              "org.apache.flink.connector.kafka.sink.KafkaCommittable",
              "@Internal; names the transaction, which is needed to detect a lost one (decision 10)"),
          entry(
              "org.apache.flink.connector.kafka.sink.KafkaWriterState",
              "@Internal; the state of KafkaSink's writer, which is passed through (decision 10)"),
          entry(
              "org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit",
              "@Internal, but a type parameter of the @PublicEvolving KafkaSource; names the offset, which is needed to detect lost records (decision 21) and silence (decision 22)"),
          entry(
              "org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState",
              "@Internal, but a type parameter of the @PublicEvolving KafkaSource; passed through"),
          entry(
              "org.apache.flink.connector.kafka.sink.internal.TransactionOwnership",
              "@Internal; identifies the transaction-naming of the state"),
          entry(
              "org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology",
              "@Experimental; places writer and committer together, as KafkaSink needs it"),
          entry(
              "org.apache.flink.streaming.api.connector.sink2.CommittableMessage",
              "@Experimental; belongs to SupportsPostCommitTopology"),
          entry(
              "org.apache.flink.table.annotation.UnknownSerializer",
              "@Internal, but the default of a member of the @PublicEvolving annotation DataTypeHint"),
          entry(
              "org.apache.flink.runtime.throwable.ThrowableAnnotation",
              "not annotated; the only way to mark a failure that a restart cannot fix"),
          entry(
              "org.apache.flink.runtime.throwable.ThrowableType",
              "belongs to ThrowableAnnotation"));

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.outflow.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SECRETS_WORK_WITHOUT_FLINK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.outflow.keyvault..",
              "dev.outflow.reference..",
              "dev.outflow.sasl..",
              "dev.outflow.secret..",
              "dev.outflow.tls..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule ONLY_PUBLIC_FLINK_API =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are not public Flink API and not an exception",
                  type -> isForbidden(type.getBaseComponentType())));

  @ArchTest
  static final ArchRule NAMES_DESCRIBE_CLASSES =
      noClasses()
          .that()
          .areNotAssignableTo(KeyManager.class) // JSSE's own terms
          .and()
          .areNotAssignableTo(TrustManager.class)
          .should()
          .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common)");

  @ArchTest
  static final ArchRule PACKAGES_ARE_CONCEPTS =
      noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..");

  /**
   * In Turkish, {@code "title".toUpperCase()} is not {@code TITLE}; in Arabic, {@code %d} has other
   * digits. {@code String.formatted} is for messages only.
   */
  @ArchTest
  static final ArchRule NOTHING_DEPENDS_ON_THE_LOCALE =
      noClasses()
          .should()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(NumberFormat.class, "getInstance")
          .orShould()
          .callConstructor(DecimalFormat.class, String.class)
          .orShould()
          .callMethod(DateTimeFormatter.class, "ofPattern", String.class);

  @ArchTest
  static final ArchRule NOTHING_HAS_SETTERS = noMethods().should().haveNameMatching("set[A-Z].*");

  private static boolean isForbidden(JavaClass type) {
    return isFlinkClass(type) && !isPublicApi(type) && !isException(type);
  }

  private static boolean isFlinkClass(JavaClass type) {
    return type.getPackageName().startsWith("org.apache.flink");
  }

  /** A class without an annotation inherits that of its enclosing class. */
  private static boolean isPublicApi(JavaClass type) {
    boolean annotated =
        type.isAnnotatedWith(Public.class) || type.isAnnotatedWith(PublicEvolving.class);
    boolean unannotated =
        type.getAnnotations().stream()
            .noneMatch(
                annotation ->
                    annotation.getRawType().getPackageName().equals("org.apache.flink.annotation"));
    return annotated
        || (unannotated
            && type.getEnclosingClass().map(ArchitectureTest::isPublicApi).orElse(false));
  }

  private static boolean isException(JavaClass type) {
    return EXCEPTIONS.containsKey(type.getName());
  }
}
