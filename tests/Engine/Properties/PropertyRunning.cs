using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FsCheck.Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Testbed.Tests.Engine;

/// <summary>Runs one planted property through xunit, and keeps what xunit would report.</summary>
internal sealed class PropertyRunning : IMessageBus
{
    private readonly List<IMessageSinkMessage> _messages = [];

    public string Output => Result.Output;

    public bool HasPassed => Result is ITestPassed;

    /// <summary>What a person reads of a failure.</summary>
    public string Failure => string.Join(Environment.NewLine, ((ITestFailed)Result).Messages);

    private ITestResultMessage Result => _messages.OfType<ITestResultMessage>().Single();

    public static async Task<PropertyRunning> RunAsync(string name)
    {
        var type = typeof(PlantedProperties);
        var assembly = new TestAssembly(Reflector.Wrap(type.Assembly));
        var collection = new TestCollection(assembly, collectionDefinition: null, displayName: "planted");
        var method = type.GetMethod(name)!;
        var testMethod = new TestMethod(
            new TestClass(collection, Reflector.Wrap(type)), Reflector.Wrap(method));
        var running = new PropertyRunning();
        var diagnostics = new NullMessageSink();
        using var property = new PropertyTestCase(
            diagnostics, TestMethodDisplay.Method, TestMethodDisplayOptions.None, testMethod);
        using var cancellation = new CancellationTokenSource();
        await property.RunAsync(diagnostics, running, [], new ExceptionAggregator(), cancellation);
        return running;
    }

    public bool QueueMessage(IMessageSinkMessage message)
    {
        lock (_messages)
        {
            _messages.Add(message);
        }
        return true;
    }

    public void Dispose()
    {
    }
}
