using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// A test against a real Kafka that is spoken to by the conformance program: skipped, visibly, where one of
/// them is absent.
/// </summary>
internal sealed class KafkaNodeFactAttribute : FactAttribute
{
    public KafkaNodeFactAttribute() => Skip = KafkaNode.Launcher is null
        ? "neither KAFKA_HOME nor ../shared/kafka has a launcher `kafka` that starts brokers"
        : Clients.SkipReason([Clients.JavaTools, Clients.Conformance]);
}
