using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>A test against a real Kafka: skipped, visibly, where there is none.</summary>
public sealed class KafkaFactAttribute : FactAttribute
{
    public KafkaFactAttribute()
    {
        if (KafkaPrograms.Launcher is null)
        {
            Skip = "neither KAFKA_HOME nor ../shared/kafka has a launcher `kafka` that starts brokers";
        }
    }
}
