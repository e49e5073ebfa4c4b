using System;

namespace FsCheck.Xunit;

/// <summary>Settings for all properties of a class, or of an assembly.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class PropertiesAttribute : PropertyAttribute;
