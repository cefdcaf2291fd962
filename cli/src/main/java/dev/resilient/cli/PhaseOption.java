package dev.resilient.cli;

import dev.resilient.scenario.phase.PhaseId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A phase by the name that reports call it. */
final class PhaseOption implements ITypeConverter<PhaseId>, Iterable<String> {
    private static final List<PhaseId> ALL = List.of(PhaseId.values());

    @Override
    public PhaseId convert(String name) {
        return ALL.stream()
                .filter(phase -> phase.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no phase " + name + "; there are "
                        + ALL.stream().map(PhaseId::wireName).collect(Collectors.joining(", "))));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(PhaseId.values()).map(PhaseId::wireName).iterator();
    }
}
