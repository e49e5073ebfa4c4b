using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>Topics made by `testbed topics`.</summary>
internal static class Topics
{
    /// <param name="broker">Where.</param>
    /// <param name="topic">Its name.</param>
    /// <param name="partitionCount">Its partitions.</param>
    /// <param name="settings">As name=value.</param>
    public static async Task Create(
        BrokerProcess broker, string topic, int partitionCount, params string[] settings)
    {
        string[] arguments =
        [
            TestbedProgram.Assembly,
            "topics",
            "--bootstrap-server",
            broker.Bootstrap,
            "--create",
            "--topic",
            topic,
            "--partitions",
            partitionCount.ToString(CultureInfo.InvariantCulture),
            .. settings.SelectMany(static one => new[] { "--config", one }),
        ];
        (await ClientProgram.Run(CommandLine.Of("dotnet", arguments))).Succeeded(broker);
    }
}
