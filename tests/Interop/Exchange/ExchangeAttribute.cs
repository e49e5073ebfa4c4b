using System.Collections.Generic;
using System.Reflection;
using Xunit.Sdk;

namespace Testbed.Tests.Interop;

/// <summary>
/// One row of the exchange: a writer and the compression it uses. Skipped where one of the clients is absent.
/// </summary>
[System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ExchangeAttribute : DataAttribute
{
    private readonly ExchangeWriter _writer;
    private readonly string _codec;

    public ExchangeAttribute(ExchangeWriter writer, string codec)
    {
        _writer = writer;
        _codec = codec;
        Skip = Clients.Find(ExchangeClients.ClientOf(writer)).SkipReason;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[_writer, _codec]];
}
