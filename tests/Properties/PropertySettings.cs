using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Microsoft.FSharp.Collections;

namespace FsCheck.Xunit;

/// <summary>
/// The settings of one property: those of the assembly, of the classes around it from the outermost on, and
/// its own; the nearest one that is set wins. The environment variable FSCHECK_REPLAY wins over all.
/// </summary>
internal sealed class PropertySettings(MethodInfo method)
{
    private const string ReplayVariable = "FSCHECK_REPLAY";

    private readonly List<PropertyAttribute> _layers = [.. Layers(method)];    // the nearest last

    public Config ToConfig(IRunner runner, StringBuilder printed)
    {
        var config = Config.Default
            .WithMaxTest(Number(layer => layer.MaxTest, Config.Default.MaxTest))
            .WithMaxRejected(Number(layer => layer.MaxRejected, Config.Default.MaxRejected))
            .WithStartSize(Number(layer => layer.StartSize, Config.Default.StartSize))
            .WithEndSize(Number(layer => layer.EndSize, Config.Default.EndSize))
            .WithQuietOnSuccess(IsQuiet)
            .WithArbitrary(
                ListModule.OfSeq(_layers.AsEnumerable().Reverse().SelectMany(layer => layer.Arbitrary)))
            .WithRunner(runner);
        if (_layers.Exists(layer => layer.Verbose))
        {
            config = Verbose(config, printed);
        }
        if (Number(layer => layer.Parallelism, 0) is > 0 and var threads)
        {
            config = config.WithParallelRunConfig(new ParallelRunConfig(threads));
        }
        return Replay is { } text ? ReplaySeed.Parse(text).ApplyTo(config) : config;
    }

    public bool IsQuiet => _layers.Exists(layer => layer.QuietOnSuccess);

    private string? Replay => new[] { Environment.GetEnvironmentVariable(ReplayVariable) }
        .Concat(_layers.AsEnumerable().Reverse().Select(layer => layer.Replay))
        .FirstOrDefault(text => !string.IsNullOrEmpty(text));

    private int Number(Func<PropertyAttribute, int> setting, int otherwise) =>
        _layers.Select(setting).LastOrDefault(value => value != PropertyAttribute.Unset, otherwise);

    /// <summary>
    /// Every case goes to the output of the test; FsCheck itself would print to the console.
    /// </summary>
    private static Config Verbose(Config config, StringBuilder printed)
    {
        return config
            .WithEvery((number, arguments) =>
                Print(Config.Verbose.Every.Invoke(number).Invoke(ListModule.OfSeq(arguments))))
            .WithEveryShrink(arguments =>
                Print(Config.Verbose.EveryShrink.Invoke(ListModule.OfSeq(arguments))));

        string Print(string text)
        {
            printed.Append(text);
            return "";
        }
    }

    private static IEnumerable<PropertyAttribute> Layers(MethodInfo method)
    {
        if (method.DeclaringType!.Assembly.GetCustomAttribute<PropertiesAttribute>() is { } ofAssembly)
        {
            yield return ofAssembly;
        }
        var classes = new Stack<PropertyAttribute>();
        for (var type = method.ReflectedType; type is not null; type = type.DeclaringType)
        {
            if (type.GetCustomAttribute<PropertiesAttribute>() is { } ofClass)
            {
                classes.Push(ofClass);
            }
        }
        foreach (var ofClass in classes)
        {
            yield return ofClass;
        }
        yield return method.GetCustomAttribute<PropertyAttribute>()!;
    }
}
