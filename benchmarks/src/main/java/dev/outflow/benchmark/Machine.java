package dev.outflow.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine and software versions of a run. */
record Machine(
    String date,
    String processor,
    int cores,
    long memoryBytes,
    String system,
    String java,
    String flink,
    String kafka) {

  static Machine here() throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        LocalDate.now(ZoneOffset.UTC).toString(),
        processorName(),
        system.getAvailableProcessors(),
        system.getTotalMemorySize(),
        "%s %s".formatted(system.getName(), system.getVersion()),
        System.getProperty("java.vm.version"),
        StreamExecutionEnvironment.class.getPackage().getImplementationVersion(),
        AppInfoParser.getVersion());
  }

  private static String processorName() throws IOException {
    Path cpus = Path.of("/proc/cpuinfo");
    if (!Files.exists(cpus)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(cpus).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  @Override
  public String toString() {
    return "%s, %d cores, %d GiB; %s; Java %s, Flink %s, Kafka %s; %s"
        .formatted(processor, cores, memoryBytes >> 30, system, java, flink, kafka, date);
  }
}
