using System;
using Testbed.Client;

namespace Testbed.Runner;

/// <summary>How lines are read as records.</summary>
public interface IRecordFormat
{
    /// <summary>
    /// The record of a line, which may point into the line. Throws <see cref="CommandException"/>, naming the
    /// line.
    /// </summary>
    ProducerRecord Read(ReadOnlyMemory<byte> line, long number);
}
