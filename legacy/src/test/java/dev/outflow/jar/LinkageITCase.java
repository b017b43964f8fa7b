package dev.outflow.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassReader;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassVisitor;
import org.apache.flink.shaded.asm9.org.objectweb.asm.FieldVisitor;
import org.apache.flink.shaded.asm9.org.objectweb.asm.Handle;
import org.apache.flink.shaded.asm9.org.objectweb.asm.MethodVisitor;
import org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** The code in the jar was compiled with a newer Kafka client than the one next to it. */
class LinkageITCase {
  private static final String KAFKA = "org/apache/kafka/";
  private static final Pattern CALLERS =
      Pattern.compile("(dev/outflow|org/apache/flink/connector/kafka)/.*");

  /** Not loaded with this client, in which its supertype is missing. */
  private static final String UNUSED = "dev/outflow/security/SecurityMetrics";

  private final Map<String, Set<String>> members = new HashMap<>();
  private final Map<String, List<String>> supertypes = new HashMap<>();
  private final Set<String> calls = new TreeSet<>();

  @Test
  void theKafkaClientHasWhatTheCodeCalls() throws IOException {
    try (JarFile jar = new JarFile(Path.of("target/outflow-legacy.jar").toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().matches("(org/apache/kafka|" + CALLERS.pattern() + ").*\\.class")) {
          read(new ClassReader(jar.getInputStream(entry).readAllBytes()));
        }
      }
    }
    assertThat(calls).hasSizeGreaterThan(200);
    assertThat(calls.stream().filter(call -> !exists(call)))
        .as("not in the client: use what both have, or ask ClientGeneration")
        .isEmpty();
  }

  private void read(ClassReader code) {
    String type = code.getClassName();
    boolean isCaller = CALLERS.matcher(type).matches() && !type.equals(UNUSED);
    supertypes.put(
        type,
        Stream.concat(Stream.ofNullable(code.getSuperName()), Arrays.stream(code.getInterfaces()))
            .toList());
    if (isCaller) {
      supertypes.get(type).forEach(supertype -> call(supertype, ""));
    }
    Set<String> own = members.computeIfAbsent(type, name -> new HashSet<>(Set.of("")));
    code.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public FieldVisitor visitField(
              int access, String name, String type, String signature, Object value) {
            own.add(name + type);
            return null;
          }

          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            own.add(name + type);
            return isCaller ? new Calls() : null;
          }
        },
        ClassReader.SKIP_DEBUG);
  }

  private void call(String owner, String member) {
    if (owner.startsWith(KAFKA)) {
      calls.add(owner + " " + member);
    }
  }

  private boolean exists(String call) {
    int end = call.indexOf(' ');
    return exists(call.substring(0, end), call.substring(end + 1));
  }

  /** Returns whether a type or one of its supertypes has a member; all have the empty one. */
  private boolean exists(String type, String member) {
    if (!type.startsWith(KAFKA)) {
      return type.startsWith("java/") && !type.equals("java/lang/Object");
    }
    return members.getOrDefault(type, Set.of()).contains(member)
        || supertypes.getOrDefault(type, List.of()).stream()
            .anyMatch(supertype -> exists(supertype, member));
  }

  private final class Calls extends MethodVisitor {
    Calls() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean isInterface) {
      call(owner, name + type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String type) {
      call(owner, name + type);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      call(type, "");
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String type, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          call(handle.getOwner(), handle.getName() + handle.getDesc());
        }
      }
    }
  }
}
